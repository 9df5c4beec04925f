import { elementCount, type Value } from '../graph.ts';
import { integerOf, integersOf, type VjpRule } from '../vjp/rule.ts';

/** The same values under another shape of equal size; the same shape is no node, which would copy a graph input. */
export function reshape(a: Value, shape: readonly number[]): Value {
  if (shape.length === a.shape.length && shape.every((size, i) => size === a.shape[i])) return a;
  if (elementCount(shape) !== elementCount(a.shape)) {
    throw new Error(`Reshape: expected ${elementCount(a.shape)} elements as in [${a.shape}], got [${shape}]`);
  }
  return a.graph.apply('Reshape', [a, a.graph.int64(shape)], shape);
}

/** Backward of `reshape`. */
export const reshapeVjp: VjpRule = ({ inputs: [a] }, gradient) => [reshape(gradient, a.shape)];

/** Axes reordered: output axis i is input axis `permutation[i]`. */
export function transpose(a: Value, permutation: readonly number[]): Value {
  const sorted = permutation.toSorted((x, y) => x - y);
  if (permutation.length !== a.shape.length || sorted.some((axis, i) => axis !== i)) {
    throw new Error(`Transpose: expected a permutation of ${a.shape.length} axes, got [${permutation}]`);
  }
  const shape = permutation.map((axis) => a.shape[axis]);
  return a.graph.apply('Transpose', [a], shape, { perm: permutation });
}

/** Backward of `transpose`: the inverse permutation. */
export const transposeVjp: VjpRule = (entry, gradient) => {
  const permutation = integersOf(entry, 'perm');
  return [
    transpose(
      gradient,
      permutation.map((_, i) => permutation.indexOf(i)),
    ),
  ];
};

/** The last two axes swapped. */
export function swapLastAxes(a: Value): Value {
  const rank = a.shape.length;
  return transpose(a, [...Array(rank - 2).keys(), rank - 1, rank - 2]);
}

/** Entries `start` … `end` − 1 along one axis. */
export function slice(a: Value, axis: number, start: number, end: number): Value {
  if (!(start >= 0 && start < end && end <= (a.shape[axis] ?? 0))) {
    throw new Error(`Slice: expected bounds inside axis ${axis} of [${a.shape}], got ${start}…${end}`);
  }
  const { graph } = a;
  const shape = a.shape.with(axis, end - start);
  const bounds = [graph.int64([start]), graph.int64([end]), graph.int64([axis])];
  const output = graph.emit('Slice', [a, ...bounds], shape);
  return graph.record({ op: 'Slice', inputs: [a], output, attributes: { axis, start, end } });
}

/** Backward of `slice`: zeros around the gradient. */
export const sliceVjp: VjpRule = (entry, gradient) => {
  const [a] = entry.inputs;
  const axis = integerOf(entry, 'axis');
  const start = integerOf(entry, 'start');
  const end = integerOf(entry, 'end');
  const before = a.shape.map((_, i) => (i === axis ? start : 0));
  const after = a.shape.map((size, i) => (i === axis ? size - end : 0));
  return [pad(gradient, before, after)];
};

/** Zeros added `before` and `after` each axis. */
export function pad(a: Value, before: readonly number[], after: readonly number[]): Value {
  const rank = a.shape.length;
  if (before.length !== rank || after.length !== rank || [...before, ...after].some((n) => n < 0)) {
    throw new Error(
      `Pad: expected ${rank} non-negative sizes a side for [${a.shape}], got [${before}] and [${after}]`,
    );
  }
  const shape = a.shape.map((size, i) => size + before[i] + after[i]);
  const output = a.graph.emit('Pad', [a, a.graph.int64([...before, ...after])], shape);
  return a.graph.record({ op: 'Pad', inputs: [a], output, attributes: { before } });
}

/** Backward of `pad`: the inner part of the gradient. */
export const padVjp: VjpRule = (entry, gradient) => {
  const [a] = entry.inputs;
  const before = integersOf(entry, 'before');
  let inner = gradient;
  a.shape.forEach((size, axis) => {
    if (inner.shape[axis] !== size) inner = slice(inner, axis, before[axis], before[axis] + size);
  });
  return [inner];
};

/** Tensors joined along `axis`; the other axes must agree. */
export function concat(parts: readonly Value[], axis: number): Value {
  const [first] = parts;
  if (!first) throw new Error('Concat: expected at least one tensor, got none');
  for (const part of parts) {
    if (
      part.shape.length !== first.shape.length ||
      part.shape.some((n, i) => i !== axis && n !== first.shape[i])
    ) {
      throw new Error(`Concat: expected [${first.shape}] but for axis ${axis}, got [${part.shape}]`);
    }
  }
  if (parts.length === 1) return first;
  const length = parts.reduce((sum, part) => sum + part.shape[axis], 0);
  return first.graph.apply('Concat', parts, first.shape.with(axis, length), { axis });
}

/** Backward of `concat`: each part its own slice. */
export const concatVjp: VjpRule = (entry, gradient, wanted) => {
  const axis = integerOf(entry, 'axis');
  let start = 0;
  return entry.inputs.map((part, i) => {
    const from = start;
    start += part.shape[axis];
    return wanted[i] ? slice(gradient, axis, from, start) : null;
  });
};
