import type { Value } from '../graph.ts';
import type { VjpRule } from '../vjp/rule.ts';

/** Sum over `axes`, which stay as size 1; negative axes count from the end. */
export function reduceSum(a: Value, axes: readonly number[]): Value {
  return reduce('ReduceSum', a, axes);
}

/** Backward of `reduceSum`: every summand gets the sum's gradient. */
export const reduceSumVjp: VjpRule = ({ inputs: [a] }, gradient) => [spread(gradient, a.shape)];

/** Mean over `axes`, which stay as size 1. */
export function reduceMean(a: Value, axes: readonly number[]): Value {
  return reduce('ReduceMean', a, axes);
}

/** Backward of `reduceMean`. */
export const reduceMeanVjp: VjpRule = ({ inputs: [a], output }, gradient) => {
  const count = a.shape.reduce((product, size, i) => product * (size / output.shape[i]), 1);
  return [spread(scaled(gradient, 1 / count), a.shape)];
};

/** Sum of squares over `axes`, which stay as size 1. */
export function reduceSumSquare(a: Value, axes: readonly number[]): Value {
  return reduce('ReduceSumSquare', a, axes);
}

/** Backward of `reduceSumSquare`. */
export const reduceSumSquareVjp: VjpRule = ({ inputs: [a] }, gradient) => [
  scaled(gradient.graph.emit('Mul', [a, gradient], a.shape), 2),
];

function reduce(op: string, a: Value, axes: readonly number[]): Value {
  const rank = a.shape.length;
  const reduced = axes.map((axis) => (axis < 0 ? axis + rank : axis));
  if (reduced.some((axis) => axis < 0 || axis >= rank)) {
    throw new Error(`${op}: expected axes inside rank ${rank}, got [${axes}] for [${a.shape}]`);
  }
  const shape = a.shape.map((size, i) => (reduced.includes(i) ? 1 : size));
  return a.graph.apply(op, [a, a.graph.int64(reduced)], shape, { keepdims: 1 });
}

function spread(gradient: Value, shape: readonly number[]): Value {
  return gradient.graph.emit('Expand', [gradient, gradient.graph.int64(shape)], shape);
}

function scaled(a: Value, factor: number): Value {
  return a.graph.emit('Mul', [a, a.graph.scalar(factor)], a.shape);
}
