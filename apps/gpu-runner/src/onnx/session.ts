import type { OnnxModel } from './model-proto.ts';
import * as ort from 'onnxruntime-node';
import { type SessionChoice, sessionOptions } from './execution-provider.ts';

/** A float32 tensor going into a session. */
export interface SessionInput {
  readonly data: Float32Array;
  readonly shape: readonly number[];
}

/** A loaded model. */
export interface Session {
  /**
   * Runs the model; blocks the calling thread.
   *
   * `into` names outputs that are written into arrays of the caller instead of new ones.
   */
  run(
    inputs: Readonly<Record<string, SessionInput>>,
    into?: Readonly<Record<string, Float32Array>>,
  ): Promise<Record<string, Float32Array>>;
  /** Frees the model; later runs throw. */
  dispose(): Promise<void>;
}

/** Loads an ONNX model, built by us or a file's bytes, whose inputs and outputs are float32 tensors of pinned shapes. */
export async function openSession(
  model: OnnxModel | Uint8Array,
  choice: SessionChoice = {},
): Promise<Session> {
  const session = await create(model, choice);
  const inputShapes = shapesByName(session.inputMetadata);
  const outputShapes = shapesByName(session.outputMetadata);
  return {
    async run(inputs, into = {}) {
      const feeds: Record<string, ort.Tensor> = {};
      for (const [name, shape] of inputShapes) feeds[name] = feed(name, shape, inputs[name]);
      for (const name of Object.keys(inputs)) {
        if (!inputShapes.has(name))
          throw new Error(`run: expected inputs ${[...inputShapes.keys()]}, got ${name}`);
      }
      const fetches: Record<string, ort.Tensor | null> = {};
      for (const [name, shape] of outputShapes) {
        const target = into[name];
        fetches[name] = target ? feed(name, shape, { data: target, shape }) : null;
      }
      const results = await session.run(feeds, fetches);
      const out: Record<string, Float32Array> = {};
      // ORT writes into a given buffer but returns another view of it, so the caller's own array is handed back.
      for (const name of outputShapes.keys()) out[name] = into[name] ?? float32Data(name, results[name]);
      return out;
    },
    dispose: () => session.release(),
  };
}

/** A loaded text model: token numbers in, one state per token out. */
export interface TokenSession {
  /** States [tokens, width] of one text; blocks the calling thread. */
  run(tokens: readonly number[]): Promise<{ readonly states: Float32Array; readonly width: number }>;
  /** Frees the model; later runs throw. */
  dispose(): Promise<void>;
}

/** The inputs of BERT-like models as Hugging Face exports them, and what fills them for one unpadded text. */
const TOKEN_INPUTS: ReadonlyMap<string, (token: number) => bigint> = new Map([
  ['input_ids', (token: number) => BigInt(token)],
  ['attention_mask', () => 1n],
  ['token_type_ids', () => 0n],
]);

/** Loads an ONNX text model whose inputs are int64 [1, tokens] and whose first output is float32 [1, tokens, width]. */
export async function openTokenSession(
  model: OnnxModel | Uint8Array,
  choice: SessionChoice = {},
): Promise<TokenSession> {
  const session = await create(model, choice);
  for (const name of session.inputNames) {
    if (!TOKEN_INPUTS.has(name)) {
      throw new Error(`openTokenSession: expected inputs ${[...TOKEN_INPUTS.keys()]}, got ${name}`);
    }
  }
  const [output] = session.outputNames;
  return {
    async run(tokens) {
      const feeds: Record<string, ort.Tensor> = {};
      for (const name of session.inputNames) {
        const values = BigInt64Array.from(tokens, TOKEN_INPUTS.get(name) ?? (() => 0n));
        feeds[name] = new ort.Tensor('int64', values, [1, tokens.length]);
      }
      const { [output]: result } = await session.run(feeds, [output]);
      const states = float32Data(output, result);
      return { states, width: states.length / tokens.length };
    },
    dispose: () => session.release(),
  };
}

/** A tensor going into an embedding session; token numbers are int64. */
export interface EmbeddingInput {
  readonly data: Float32Array | BigInt64Array;
  readonly shape: readonly number[];
}

/** A loaded model of somebody else's with open sizes, of which one output is wanted. */
export interface EmbeddingSession {
  readonly inputNames: readonly string[];
  /** The float32 values of the wanted output; blocks the calling thread. */
  run(inputs: Readonly<Record<string, EmbeddingInput>>): Promise<Float32Array>;
  /** Frees the model; later runs throw. */
  dispose(): Promise<void>;
}

/** Loads an ONNX file's bytes; a model without the output is refused. */
export async function openEmbeddingSession(
  model: Uint8Array,
  output: string,
  choice: SessionChoice = {},
): Promise<EmbeddingSession> {
  const session = await create(model, choice);
  if (!session.outputNames.includes(output)) {
    throw new Error(`openEmbeddingSession: expected the output ${output}, got ${session.outputNames}`);
  }
  return {
    inputNames: session.inputNames,
    async run(inputs) {
      const feeds: Record<string, ort.Tensor> = {};
      for (const [name, { data, shape }] of Object.entries(inputs)) {
        feeds[name] =
          data instanceof Float32Array
            ? new ort.Tensor('float32', data, shape)
            : new ort.Tensor('int64', data, shape);
      }
      const results = await session.run(feeds, [output]);
      return float32Data(output, results[output]);
    },
    dispose: () => session.release(),
  };
}

async function create(model: OnnxModel | Uint8Array, choice: SessionChoice): Promise<ort.InferenceSession> {
  try {
    const { bytes, externalTensors } =
      model instanceof Uint8Array ? { bytes: model, externalTensors: [] } : model;
    return await ort.InferenceSession.create(bytes, {
      ...sessionOptions(choice),
      externalData: externalTensors,
    });
  } catch (cause) {
    throw new Error(
      `openSession: expected a model that ${choice.provider ?? 'cpu'} can load, got ${String(cause)}`,
      { cause },
    );
  }
}

function shapesByName(
  metadata: readonly ort.InferenceSession.ValueMetadata[],
): Map<string, readonly number[]> {
  return new Map(
    metadata.map((entry) => {
      if (!entry.isTensor || entry.type !== 'float32') {
        throw new Error(
          `openSession: expected float32 for ${entry.name}, got ${entry.isTensor ? entry.type : 'no tensor'}`,
        );
      }
      return [entry.name, entry.shape.map(Number)];
    }),
  );
}

function feed(name: string, shape: readonly number[], given: SessionInput | undefined): ort.Tensor {
  if (!given) throw new Error(`run: expected ${name} float32 [${shape}], got nothing`);
  const count = shape.reduce((product, size) => product * size, 1);
  const same = given.shape.length === shape.length && given.shape.every((size, i) => size === shape[i]);
  if (!(given.data instanceof Float32Array) || !same || given.data.length !== count) {
    const type = given.data instanceof Float32Array ? 'float32' : typeof given.data;
    throw new Error(
      `run: expected ${name} float32 [${shape}], got ${type} [${given.shape}] of ${given.data.length} values`,
    );
  }
  return new ort.Tensor('float32', given.data, shape);
}

function float32Data(name: string, tensor: ort.Tensor | undefined): Float32Array {
  const data = tensor?.data;
  if (!(data instanceof Float32Array))
    throw new Error(`run: expected float32 for output ${name}, got ${tensor?.type}`);
  return data;
}
