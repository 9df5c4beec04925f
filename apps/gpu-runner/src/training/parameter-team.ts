import { Worker } from 'node:worker_threads';
import {
  type TrainingState,
  type UpdateArrays,
  type UpdateScalars,
  updateRange,
} from './update-parameters.ts';

/** What the second thread is given: memory that both see. */
export interface TeamMemory {
  readonly arrays: UpdateArrays;
  /** The scalars of the step, in the order of `SCALARS`. */
  readonly scalars: Float64Array;
  /** [started steps, finished steps]. */
  readonly signals: Int32Array;
}

/** Order of the scalars in shared memory. */
const SCALARS = [
  'clip',
  'keep',
  'rate',
  'rootCorrection',
  'beta1',
  'beta2',
  'epsilon',
  'forget',
] as const satisfies readonly (keyof UpdateScalars)[];

/** Longer than any pass: the second thread is gone, and nothing else would say so. */
const WAIT_MS = 60_000;

/** Two threads that update one half of the parameters each. */
export interface ParameterTeam {
  /** The training's state in memory that both threads see. */
  readonly state: TrainingState;
  /** [P] where the session is to write the gradients. */
  readonly gradients: Float32Array;
  /** Updates all parameters by `updateRange`; blocks until both halves are done. */
  update(scalars: UpdateScalars): void;
  close(): Promise<void>;
}

/**
 * Copies a state into shared memory and starts the second thread.
 *
 * The pass is bound by square roots and divisions, which one core does in 7 ns a parameter: a tenth of a step.
 */
export function openParameterTeam(start: TrainingState): ParameterTeam {
  const count = start.parameters.length;
  const copy = (values: Float32Array): Float32Array => {
    const shared = new Float32Array(new SharedArrayBuffer(4 * count));
    shared.set(values);
    return shared;
  };
  const arrays: UpdateArrays = {
    parameters: copy(start.parameters),
    mean: copy(start.mean),
    variance: copy(start.variance),
    average: copy(start.average),
    gradients: copy(new Float32Array(count)),
  };
  const { gradients, ...state } = arrays;
  const scalars = new Float64Array(new SharedArrayBuffer(8 * SCALARS.length));
  const signals = new Int32Array(new SharedArrayBuffer(8));
  const memory: TeamMemory = { arrays, scalars, signals };
  const worker = new Worker(new URL('./parameter-worker.ts', import.meta.url), { workerData: memory });
  // It must not keep the process when training throws.
  worker.unref();
  let failure: unknown;
  worker.on('error', (error) => {
    failure = error;
  });
  return {
    state: { step: start.step, ...state },
    gradients,
    update(values) {
      if (failure !== undefined) throw new Error('update: expected a running thread', { cause: failure });
      SCALARS.forEach((name, i) => {
        scalars[i] = values[name];
      });
      const step = Atomics.add(signals, 0, 1) + 1;
      Atomics.notify(signals, 0);
      updateRange(arrays, 0, halfOf(count), values);
      while (Atomics.load(signals, 1) !== step) {
        if (Atomics.wait(signals, 1, step - 1, WAIT_MS) === 'timed-out')
          throw new Error('update: expected the second thread to finish, got nothing for a minute');
      }
    },
    async close() {
      await worker.terminate();
    },
  };
}

/** Updates the second half of the parameters whenever a step is started; never returns. */
export function followTeam({ arrays, scalars, signals }: TeamMemory): never {
  const count = arrays.parameters.length;
  for (let step = 1; ; step++) {
    while (Atomics.load(signals, 0) !== step) Atomics.wait(signals, 0, step - 1);
    const [clip, keep, rate, rootCorrection, beta1, beta2, epsilon, forget] = scalars;
    const values = { clip, keep, rate, rootCorrection, beta1, beta2, epsilon, forget };
    updateRange(arrays, halfOf(count), count, values);
    Atomics.store(signals, 1, step);
    Atomics.notify(signals, 1);
  }
}

function halfOf(count: number): number {
  return count >> 1;
}
