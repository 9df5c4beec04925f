import { z } from 'zod';
import { elementCount, Graph, type Value } from '../onnx/graph.ts';
import type { OnnxModel } from '../onnx/model-proto.ts';
import type { Layer, LayerWeight, NsfwNetwork } from './read-nsfw-network.ts';

/** Side of the pictures that the network takes. */
export const NSFW_IMAGE_SIZE = 224;

/** What the network tells apart, in the order of its output. */
export const NSFW_CLASSES = ['drawing', 'hentai', 'neutral', 'porn', 'sexy'] as const;

const Square = z.tuple([z.int(), z.int()]).refine(([a, b]) => a === b);
const Activation = z.enum(['linear', 'relu', 'softmax']);

const Settings = {
  conv: z.object({ strides: Square, padding: z.enum(['same', 'valid']), activation: z.literal('linear') }),
  pad: z.object({ padding: z.tuple([z.tuple([z.int(), z.int()]), z.tuple([z.int(), z.int()])]) }),
  norm: z.object({ epsilon: z.number() }),
  relu: z.object({ max_value: z.number() }),
  pool: z.object({ pool_size: Square }),
  dense: z.object({ activation: Activation }),
};

const ACTIVATION_OPS = { linear: null, relu: 'Relu', softmax: 'Softmax' } as const;

/** What a layer's function works with. */
interface LayerInputs {
  readonly graph: Graph;
  readonly inputs: readonly Value[];
  readonly settings: Layer['settings'];
  /** A weight of this layer as a constant, its axes reordered if asked. */
  weight(name: string, axes?: readonly number[]): Value;
}

/** Picks layers' functions by Keras' names; images are [N, C, H, W] here and [N, H, W, C] there. */
const LAYERS: Readonly<Record<string, (layer: LayerInputs) => Value>> = {
  ZeroPadding2D({ graph, inputs: [x], settings }) {
    const [[top, bottom], [left, right]] = Settings.pad.parse(settings).padding;
    const [count, channels, height, width] = x.shape;
    const pads = graph.int64([0, 0, top, left, 0, 0, bottom, right]);
    return graph.emit('Pad', [x, pads], [count, channels, height + top + bottom, width + left + right]);
  },
  Conv2D: ({ graph, inputs: [x], settings, weight }) =>
    convolve(graph, x, weight('kernel', [3, 2, 0, 1]), settings, 1),
  DepthwiseConv2D: ({ graph, inputs: [x], settings, weight }) =>
    convolve(graph, x, weight('depthwise_kernel', [2, 3, 0, 1]), settings, x.shape[1]),
  BatchNormalization({ graph, inputs: [x], settings, weight }) {
    const parts = ['gamma', 'beta', 'moving_mean', 'moving_variance'].map((name) => weight(name));
    const { epsilon } = Settings.norm.parse(settings);
    return graph.emit('BatchNormalization', [x, ...parts], x.shape, { epsilon: { float: epsilon } });
  },
  ReLU({ graph, inputs: [x], settings }) {
    const { max_value: max } = Settings.relu.parse(settings);
    return graph.emit('Clip', [x, graph.scalar(0), graph.scalar(max)], x.shape);
  },
  Add: ({ graph, inputs: [a, b] }) => graph.emit('Add', [a, b], a.shape),
  AveragePooling2D({ graph, inputs: [x], settings }) {
    const { pool_size: size } = Settings.pool.parse(settings);
    const [count, channels, height, width] = x.shape;
    const shape = [count, channels, Math.floor(height / size[0]), Math.floor(width / size[1])];
    return graph.emit('AveragePool', [x], shape, { kernel_shape: size, strides: size });
  },
  Flatten({ graph, inputs: [x] }) {
    const [count, channels, ...rest] = x.shape;
    if (elementCount(rest) !== 1) throw new Error(`Flatten: expected [N, C, 1, 1], got [${x.shape}]`);
    return graph.emit('Reshape', [x, graph.int64([count, channels])], [count, channels]);
  },
  Dense({ graph, inputs: [x], settings, weight }) {
    const kernel = weight('kernel');
    const y = graph.emit('Gemm', [x, kernel, weight('bias')], [x.shape[0], kernel.shape[1]]);
    const op = ACTIVATION_OPS[Settings.dense.parse(settings).activation];
    return op === null ? y : graph.emit(op, [y], y.shape);
  },
  Dropout: ({ inputs: [x] }) => x,
};

/**
 * nsfwjs' MobileNetV2 as an ONNX model: `image` [1, 3, 224, 224] in [0, 1] → `classes` [1, 5], the chance of each of
 * `NSFW_CLASSES`.
 *
 * References: nsfwjs 4.4.0, `NSFWJS.infer`; Sandler et al., MobileNetV2, arXiv 1801.04381.
 */
export function nsfwGraph({ layers, weights }: NsfwNetwork): OnnxModel {
  const graph = new Graph();
  const values = new Map<string, Value>();
  for (const { name, kind, inputs, settings } of layers) {
    const weight = (part: string, axes?: readonly number[]): Value => {
      const found = weights.get(`${name}/${part}`);
      if (found === undefined) throw new Error(`nsfwGraph: expected the weight ${name}/${part}, got none`);
      const { shape, data } = axes === undefined ? found : reorder(found, axes);
      return graph.constant(shape, data);
    };
    const given = inputs.map((input) => {
      const value = values.get(input);
      if (value === undefined) throw new Error(`nsfwGraph: expected ${input} before ${name}`);
      return value;
    });
    const make = LAYERS[kind];
    if (kind === 'InputLayer') {
      values.set(name, graph.input('image', [1, 3, NSFW_IMAGE_SIZE, NSFW_IMAGE_SIZE]));
    } else if (make === undefined) throw new Error(`nsfwGraph: expected a known layer, got ${kind}`);
    else values.set(name, make({ graph, inputs: given, settings, weight }));
  }
  const last = [...values.values()].at(-1);
  if (last?.shape[1] !== NSFW_CLASSES.length) {
    throw new Error(`nsfwGraph: expected ${NSFW_CLASSES.length} classes, got [${last?.shape}]`);
  }
  graph.output('classes', last);
  return graph.build();
}

function convolve(graph: Graph, x: Value, kernel: Value, settings: Layer['settings'], group: number): Value {
  const { strides, padding } = Settings.conv.parse(settings);
  const [stride] = strides;
  const [out, , size] = kernel.shape;
  // Keras pads "same" at an end only when the stride is above one; this network pads by itself there.
  if (padding === 'same' && stride !== 1) throw new Error('convolve: expected stride 1 with padding "same"');
  const margin = padding === 'same' ? (size - 1) / 2 : 0;
  const side = (length: number): number => Math.floor((length + 2 * margin - size) / stride) + 1;
  const [count, , height, width] = x.shape;
  return graph.emit('Conv', [x, kernel], [count, out, side(height), side(width)], {
    kernel_shape: [size, size],
    strides,
    pads: [margin, margin, margin, margin],
    group,
  });
}

/** A tensor whose axis i is the old axis `axes[i]`. */
function reorder({ shape, data }: LayerWeight, axes: readonly number[]): LayerWeight {
  const strides = shape.map((_, axis) => elementCount(shape.slice(axis + 1)));
  const to = axes.map((axis) => shape[axis]);
  const reordered = new Float32Array(data.length);
  const index = to.map(() => 0);
  for (let i = 0; i < data.length; i++) {
    reordered[i] = data[index.reduce((sum, at, axis) => sum + at * strides[axes[axis]], 0)];
    for (let axis = to.length - 1; axis >= 0 && ++index[axis] === to[axis]; axis--) index[axis] = 0;
  }
  return { shape: to, data: reordered };
}
