import { elementCount, type Value } from '../graph.ts';
import { floatOf, integerOf, type VjpRule } from '../vjp/rule.ts';
import { add, multiply, reciprocalRoot, scale, subtract } from './elementwise.ts';
import { reduceMean, reduceSum, reduceSumSquare } from './reduce.ts';
import { reshape } from './shape.ts';

/**
 * (x − mean) / √(variance + epsilon) over the last axis of x [N, G, M], each row by itself.
 *
 * Emitted as InstanceNormalization, the fastest form of a group norm on ORT's CPU provider (1.02 ms at 320@64²,
 * against 1.81 for the standard GroupNormalization), and one that CUDA has as well.
 */
export function standardize(x: Value, epsilon: number): Value {
  if (x.shape.length !== 3) throw new Error(`InstanceNormalization: expected [N, G, M], got [${x.shape}]`);
  const output = emitStandardize(x, epsilon);
  const attributes = { epsilon: { float: epsilon } };
  return x.graph.record({ op: 'InstanceNormalization', inputs: [x], output, attributes });
}

/** Backward of `standardize`. */
export const standardizeVjp: VjpRule = (entry, gradient) => {
  const { deviation } = moments(entry.inputs[0], floatOf(entry, 'epsilon'));
  return [standardizationBackward(gradient, entry.output, deviation)];
};

function emitStandardize(x: Value, epsilon: number): Value {
  const { graph } = x;
  const groups = x.shape[1];
  const ones = graph.constant([groups], new Float32Array(groups).fill(1));
  const zeros = graph.constant([groups], new Float32Array(groups));
  return graph.emit('InstanceNormalization', [x, ones, zeros], x.shape, { epsilon: { float: epsilon } });
}

/** Group norm of x [N, C, ...] with weight and bias [C]. */
export function groupNorm(x: Value, weight: Value, bias: Value, groups: number, epsilon: number): Value {
  const { graph } = x;
  const [count, channels] = x.shape;
  if (x.shape.length < 3 || channels % groups !== 0) {
    throw new Error(
      `GroupNormalization: expected [N, C, ...] with C divisible by ${groups}, got [${x.shape}]`,
    );
  }
  const grouped = unrecorded(x, [count, groups, elementCount(x.shape) / count / groups]);
  const normal = unrecorded(emitStandardize(grouped, epsilon), x.shape);
  const perChannel = [channels, ...x.shape.slice(2).fill(1)];
  const scaled = graph.emit('Mul', [normal, unrecorded(weight, perChannel)], x.shape);
  const output = graph.emit('Add', [scaled, unrecorded(bias, perChannel)], x.shape);
  return graph.record({
    op: 'GroupNormalization',
    inputs: [x, weight, bias],
    output,
    attributes: { groups, epsilon: { float: epsilon } },
    saved: [grouped, normal],
  });
}

/**
 * Backward of `groupNorm`: with the sums per channel Σg and Σg·x̂ everything but four passes happens on small tensors,
 *
 *     dx = r·(w·g − mean(w·g) − x̂·mean(w·g·x̂)),   dw = Σ g·x̂,   db = Σ g,   r the reciprocal deviation of the group.
 */
export const groupNormVjp: VjpRule = (entry, gradient, [wantX]) => {
  const [x, weight, bias] = entry.inputs;
  const [grouped, normal] = entry.saved;
  const [count, channels] = x.shape;
  const groups = integerOf(entry, 'groups');
  const planes = [count, channels, elementCount(x.shape) / count / channels];
  const g = reshape(gradient, planes);
  const sums = reduceSum(g, [2]);
  const along = reduceSum(multiply(g, reshape(normal, planes)), [2]);
  const overBatch = (perPicture: Value, like: Value): Value =>
    reshape(reduceSum(perPicture, [0]), like.shape);
  const gradients = [overBatch(along, weight), overBatch(sums, bias)];
  if (!wantX) return [null, ...gradients];

  const { deviation } = moments(grouped, floatOf(entry, 'epsilon'));
  const members = [count, groups, channels / groups];
  const perMember = reshape(weight, [1, groups, channels / groups]);
  // r · mean over the group, from the channels' sums.
  const ofGroup = (perChannel: Value): Value => {
    const total = reduceSum(multiply(reshape(perChannel, members), perMember), [2]);
    return multiply(scale(total, 1 / grouped.shape[2]), deviation);
  };
  const ownShare = reshape(multiply(deviation, perMember), [count, channels, 1]);
  const direct = reshape(multiply(g, ownShare), grouped.shape);
  const common = add(multiply(reshape(normal, grouped.shape), ofGroup(along)), ofGroup(sums));
  return [reshape(subtract(direct, common), x.shape), ...gradients];
};

function unrecorded(a: Value, shape: readonly number[]): Value {
  return a.graph.emit('Reshape', [a, a.graph.int64(shape)], shape);
}

/** Layer norm over the last axis, with weight and bias [C]. */
export function layerNorm(x: Value, weight: Value, bias: Value, epsilon: number): Value {
  const width = x.shape[x.shape.length - 1];
  if (weight.shape.join() !== `${width}` || bias.shape.join() !== `${width}`) {
    throw new Error(
      `LayerNormalization: expected weight and bias [${width}], got [${weight.shape}] and [${bias.shape}]`,
    );
  }
  const attributes = { axis: x.shape.length - 1, epsilon: { float: epsilon } };
  return x.graph.apply('LayerNormalization', [x, weight, bias], x.shape, attributes);
}

/** Backward of `layerNorm`. */
export const layerNormVjp: VjpRule = (entry, gradient, [wantX, wantWeight, wantBias]) => {
  const [x, weight] = entry.inputs;
  const { deviation, normalized } = moments(x, floatOf(entry, 'epsilon'));
  const rows = [...x.shape.keys()].slice(0, -1);
  return [
    wantX ? standardizationBackward(multiply(gradient, weight), normalized, deviation) : null,
    wantWeight ? reshape(reduceSum(multiply(gradient, normalized), rows), weight.shape) : null,
    wantBias ? reshape(reduceSum(gradient, rows), weight.shape) : null,
  ];
};

/** Centered before squaring: E[x²] − mean² loses all digits where the mean is large against the deviation. */
function moments(x: Value, epsilon: number): { deviation: Value; normalized: Value } {
  const centered = subtract(x, reduceMean(x, [-1]));
  const variance = scale(reduceSumSquare(centered, [-1]), 1 / x.shape[x.shape.length - 1]);
  const deviation = reciprocalRoot(add(variance, x.graph.scalar(epsilon)));
  return { deviation, normalized: multiply(centered, deviation) };
}

/** r·(g − mean g − x̂·mean(g·x̂)), r the reciprocal deviation. */
function standardizationBackward(gradient: Value, normalized: Value, deviation: Value): Value {
  const centered = subtract(gradient, reduceMean(gradient, [-1]));
  const along = multiply(normalized, reduceMean(multiply(gradient, normalized), [-1]));
  return multiply(subtract(centered, along), deviation);
}
