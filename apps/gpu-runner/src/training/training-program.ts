import { Graph, elementCount, type Value } from '../onnx/graph.ts';
import type { SessionChoice } from '../onnx/execution-provider.ts';
import type { OnnxModel } from '../onnx/model-proto.ts';
import { NetworkWeights } from '../onnx/networks/network-weights.ts';
import { openSession, type Session, type SessionInput } from '../onnx/session.ts';
import type { TensorSource } from '../onnx/tensor-source.ts';
import { vjp } from '../onnx/vjp/vjp.ts';

/** Where one trainable tensor lies in the flat parameter array. */
export interface ParameterTensor {
  /** `part/key`, the key of diffusers' state dictionary. */
  readonly name: string;
  readonly shape: readonly number[];
  readonly start: number;
  readonly end: number;
}

/** What is trained: a loss over networks placed in a graph. */
export interface Objective {
  /** Adds networks, inputs and loss to `graph`; trainable weights come from `weightsOf`. */
  build(graph: Graph, weightsOf: (part: string) => NetworkWeights): ObjectiveValues;
  /** Where the starting weights of `part` come from. */
  readonly sources: Readonly<Record<string, TensorSource>>;
  /** Parts that keep their weights. */
  readonly frozen?: readonly string[];
}

/** The values of an objective inside its graph. */
export interface ObjectiveValues {
  /** One number. */
  readonly loss: Value;
  /** Further results worth reading, by name. */
  readonly metrics: Readonly<Record<string, Value>>;
}

/** A loss compiled with the gradients of all trainable weights. */
export interface TrainingProgram {
  readonly layout: readonly ParameterTensor[];
  /** Starting values of all parameters, flat. */
  readonly initial: Float32Array;
  /** Runs loss and backward; writes every gradient into `gradients`. */
  run(
    inputs: Readonly<Record<string, SessionInput>>,
    parameters: Float32Array,
    gradients: Float32Array,
  ): Promise<StepResult>;
  dispose(): Promise<void>;
}

/** What one run answers. */
export interface StepResult {
  readonly loss: number;
  /** Length of the whole gradient. */
  readonly gradientNorm: number;
  readonly metrics: Readonly<Record<string, Float32Array>>;
}

/** Loss and gradients as one model: activations never leave it. */
export interface TrainingModel {
  readonly model: OnnxModel;
  readonly layout: readonly ParameterTensor[];
  /** Names of the objective's metrics. */
  readonly metrics: readonly string[];
}

/** A model of loss and gradients that can run. */
export interface LoadedTraining {
  run(
    inputs: Readonly<Record<string, SessionInput>>,
    parameters: Float32Array,
    gradients: Float32Array,
  ): Promise<Omit<StepResult, 'gradientNorm'>>;
  dispose(): Promise<void>;
}

/** Compiles loss and gradients for this thread. */
export async function compileTraining(
  objective: Objective,
  choice: SessionChoice = {},
): Promise<TrainingProgram> {
  const { initial, ...built } = buildTraining(objective);
  const training = await openTraining(built, choice);
  return {
    layout: built.layout,
    initial,
    async run(inputs, parameters, gradients) {
      const result = await training.run(inputs, parameters, gradients);
      return { ...result, gradientNorm: Math.sqrt(gradients.reduce((sum, g) => sum + g * g, 0)) };
    },
    dispose: () => training.dispose(),
  };
}

/** Differentiates an objective, without loading it. */
export function buildTraining(objective: Objective): TrainingModel & { readonly initial: Float32Array } {
  const graph = new Graph();
  const { values, trainable, initialOf } = placeObjective(graph, objective);
  const targets = trainable.map(({ value }) => value);
  const seed = graph.constant(values.loss.shape, new Float32Array(elementCount(values.loss.shape)).fill(1));
  const gradients = vjp([{ value: values.loss, gradient: seed }], targets);
  graph.output('loss', values.loss);
  for (const [name, value] of Object.entries(values.metrics)) graph.output(name, value);
  gradients.forEach((gradient, i) => {
    graph.output(`gradient of ${trainable[i].name}`, gradient);
  });
  const layout = layoutOf(trainable);
  const initial = new Float32Array(layout.at(-1)?.end ?? 0);
  for (const { name, start } of layout) initial.set(initialOf(name), start);
  return { model: graph.build(), layout, initial, metrics: Object.keys(values.metrics) };
}

/** Loads a training's model; gradients may be written into memory that threads share. */
export async function openTraining(
  { model, layout, metrics }: TrainingModel,
  choice: SessionChoice = {},
): Promise<LoadedTraining> {
  const session = await openSession(model, choice);
  return {
    async run(inputs, parameters, gradientValues) {
      const into: Record<string, Float32Array> = {};
      for (const { name, start, end } of layout) {
        into[`gradient of ${name}`] = gradientValues.subarray(start, end);
      }
      const outputs = await session.run({ ...inputs, ...parameterInputs(layout, parameters) }, into);
      return {
        loss: outputs['loss'][0],
        metrics: Object.fromEntries(metrics.map((name) => [name, outputs[name]])),
      };
    },
    dispose: () => session.dispose(),
  };
}

/** A loss compiled without its gradients, for weights that change. */
export interface EvaluationProgram {
  readonly layout: readonly ParameterTensor[];
  run(
    inputs: Readonly<Record<string, SessionInput>>,
    parameters: Float32Array,
  ): Promise<Readonly<Record<string, Float32Array>>>;
  dispose(): Promise<void>;
}

/** Compiles loss and metrics alone. */
export async function compileEvaluation(
  objective: Objective,
  choice: SessionChoice = {},
): Promise<EvaluationProgram> {
  const graph = new Graph();
  const { values, trainable } = placeObjective(graph, objective);
  graph.output('loss', values.loss);
  for (const [name, value] of Object.entries(values.metrics)) graph.output(name, value);
  const layout = layoutOf(trainable);
  const session: Session = await openSession(graph.build(), choice);
  return {
    layout,
    run: (inputs, parameters) => session.run({ ...inputs, ...parameterInputs(layout, parameters) }),
    dispose: () => session.dispose(),
  };
}

/** Where the trainable tensors of an objective lie in its flat parameter array, without compiling it. */
export function parameterLayout(objective: Objective): readonly ParameterTensor[] {
  return layoutOf(placeObjective(new Graph(), objective).trainable);
}

/** Builds the objective and lists its trainable weights in the order of first use. */
function placeObjective(graph: Graph, objective: Objective) {
  const read = new Map<string, Float32Array>();
  const parts = new Map<string, NetworkWeights>();
  const weightsOf = (part: string): NetworkWeights => {
    const source = objective.sources[part];
    if (!source) throw new Error(`compileTraining: expected a source of ${part}, got none`);
    const recording: TensorSource = {
      label: source.label,
      find(key, shape) {
        const found = source.find(key, shape);
        if (found) read.set(`${part}/${key}`, found.data);
        return found;
      },
    };
    const trainAs = objective.frozen?.includes(part) ? null : part;
    const weights = new NetworkWeights({ graph, source: recording, trainAs });
    parts.set(part, weights);
    return weights;
  };
  const values = objective.build(graph, weightsOf);
  const trainable = [...parts.values()].flatMap((weights) =>
    [...weights.trainable.values()].map((value) => ({ name: value.name, value })),
  );
  const initialOf = (name: string): Float32Array => {
    const data = read.get(name);
    if (!data) throw new Error(`compileTraining: expected starting values of ${name}, got none`);
    return data;
  };
  return { values, trainable, initialOf };
}

function layoutOf(trainable: readonly { name: string; value: Value }[]): ParameterTensor[] {
  let start = 0;
  return trainable.map(({ name, value }) => {
    const tensor = { name, shape: value.shape, start, end: start + elementCount(value.shape) };
    start = tensor.end;
    return tensor;
  });
}

function parameterInputs(
  layout: readonly ParameterTensor[],
  parameters: Float32Array,
): Record<string, SessionInput> {
  return Object.fromEntries(
    layout.map(({ name, shape, start, end }) => [name, { data: parameters.subarray(start, end), shape }]),
  );
}
