import type { Value } from '../graph.ts';
import type { VjpRule } from '../vjp/rule.ts';
import { exponential, multiply, subtract } from './elementwise.ts';
import { reduceSum } from './reduce.ts';

/** ln of the softmax over the last axis: exact where the softmax itself rounds to zero. */
export function logSoftmax(a: Value): Value {
  return a.graph.apply('LogSoftmax', [a], a.shape, { axis: a.shape.length - 1 });
}

/** Backward of `logSoftmax`: g − eʸ·Σ g. */
export const logSoftmaxVjp: VjpRule = ({ output: y }, gradient) => [
  subtract(gradient, multiply(exponential(y), reduceSum(gradient, [-1]))),
];
