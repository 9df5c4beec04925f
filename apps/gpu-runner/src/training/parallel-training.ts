import { Worker } from 'node:worker_threads';
import type { SessionInput } from '../onnx/session.ts';
import {
  buildTraining,
  compileTraining,
  type Objective,
  type StepResult,
  type TrainingModel,
  type TrainingProgram,
} from './training-program.ts';
import { PartResult, type PartTask } from './part-messages.ts';

/** How a batch is worked on. */
export interface ParallelChoice {
  readonly batch: number;
  /** Threads altogether. */
  readonly threads: number;
}

/**
 * Compiles loss and gradients of `objectiveOf(batch)`, divided into as many equal parts as there are threads that
 * divide the batch: two threads inside one operation wait for one another, two sessions do not (a step of the
 * starter's denoiser: 0.86 of the time).
 *
 * Inputs and metrics are split and joined along their first axis; loss and gradients are the means over the parts, in
 * the order of the parts, so they are those of the whole wherever the loss is a mean over the batch. The bytes depend
 * on the number of parts, and on nothing else.
 */
export async function compileParallelTraining(
  objectiveOf: (batch: number) => Objective,
  { batch, threads }: ParallelChoice,
): Promise<TrainingProgram> {
  if (!(Number.isInteger(threads) && threads > 0)) {
    throw new Error(`compileParallelTraining: expected one thread or more, got ${threads}`);
  }
  let workers = Math.min(batch, threads);
  while (batch % workers !== 0) workers--;
  if (workers === 1) return compileTraining(objectiveOf(batch), { threads });
  const { initial, ...built } = buildTraining(objectiveOf(batch / workers));
  const threadsOfPart = Math.floor(threads / workers);
  const parts = await Promise.all(
    Array.from({ length: workers }, () => startPart(built, initial.length, threadsOfPart)),
  );
  return {
    layout: built.layout,
    initial,
    async run(inputs, parameters, gradients) {
      const shared = sharedCopy(parameters);
      const results = await Promise.all(
        parts.map((part, i) => part.run(sliceInputs(inputs, i, workers), shared)),
      );
      const gradientNorm = averageInto(
        gradients,
        parts.map((part) => part.gradients),
      );
      return { ...joinResults(results), gradientNorm };
    },
    async dispose() {
      await Promise.all(parts.map((part) => part.close()));
    },
  };
}

/** A thread with its session, and the memory that both threads see. */
interface Part {
  readonly gradients: Float32Array;
  run(inputs: Readonly<Record<string, SessionInput>>, parameters: Float32Array): Promise<PartResult>;
  close(): Promise<void>;
}

async function startPart(built: TrainingModel, count: number, threads: number): Promise<Part> {
  const gradients = new Float32Array(new SharedArrayBuffer(4 * count));
  const worker = new Worker(new URL('./part-worker.ts', import.meta.url), {
    workerData: { built, gradients, threads },
  });
  let waiting: { resolve: (message: unknown) => void; reject: (cause: unknown) => void } | null = null;
  let failure: Error | null = null;
  const fail = (error: Error): void => {
    failure ??= error;
    waiting?.reject(failure);
  };
  worker.on('message', (message: unknown) => waiting?.resolve(message));
  worker.on('error', fail);
  worker.on('exit', (status) => fail(new Error(`startPart: a thread ended with status ${status}`)));
  const answer = async (): Promise<unknown> => {
    if (failure) throw failure;
    // Only a thread that is waited for keeps the process.
    worker.ref();
    try {
      return await new Promise((resolve, reject) => {
        waiting = { resolve, reject };
      });
    } finally {
      waiting = null;
      worker.unref();
    }
  };
  await answer();
  return {
    gradients,
    async run(inputs, parameters) {
      const task: PartTask = { inputs, parameters };
      worker.postMessage(task);
      return PartResult.parse(await answer());
    },
    async close() {
      await worker.terminate();
    },
  };
}

/** The array itself where threads can share it, else a copy that they can. */
function sharedCopy(values: Float32Array): Float32Array {
  if (values.buffer instanceof SharedArrayBuffer) return values;
  const shared = new Float32Array(new SharedArrayBuffer(values.byteLength));
  shared.set(values);
  return shared;
}

/** The i-th of `parts` equal parts of all inputs, along their first axis. */
function sliceInputs(
  inputs: Readonly<Record<string, SessionInput>>,
  i: number,
  parts: number,
): Record<string, SessionInput> {
  return Object.fromEntries(
    Object.entries(inputs).map(
      ([
        name,
        {
          data,
          shape: [batch, ...rest],
        },
      ]) => {
        const length = data.length / parts;
        // A copy: a message carries the whole memory behind an array, not the range that the array shows.
        return [name, { data: data.slice(i * length, (i + 1) * length), shape: [batch / parts, ...rest] }];
      },
    ),
  );
}

/** Writes the mean of the parts' gradients into `target`; answers its length. */
function averageInto(target: Float32Array, parts: readonly Float32Array[]): number {
  const share = 1 / parts.length;
  const [first, second, ...others] = parts;
  let squares = 0;
  for (let i = 0; i < target.length; i++) {
    let sum = first[i] + second[i];
    for (const part of others) sum += part[i];
    const mean = sum * share;
    target[i] = mean;
    squares += mean * mean;
  }
  return Math.sqrt(squares);
}

/** Mean loss; metrics one part after the other. */
function joinResults(results: readonly PartResult[]): Omit<StepResult, 'gradientNorm'> {
  const loss = results.reduce((sum, result) => sum + result.loss, 0) / results.length;
  const metrics = Object.keys(results[0].metrics).map((name) => {
    const parts = results.map((result) => result.metrics[name]);
    const joined = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const part of parts) {
      joined.set(part, at);
      at += part.length;
    }
    return [name, joined] as const;
  });
  return { loss, metrics: Object.fromEntries(metrics) };
}
