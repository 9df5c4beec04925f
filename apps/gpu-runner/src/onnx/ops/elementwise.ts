import type { Value } from '../graph.ts';
import type { VjpRule } from '../vjp/rule.ts';
import { broadcastBackward, broadcastShape } from './broadcast.ts';

/** a + b with numpy broadcasting. */
export function add(a: Value, b: Value): Value {
  return a.graph.apply('Add', [a, b], broadcastShape('Add', a.shape, b.shape));
}

/** Backward of `add`. */
export const addVjp: VjpRule = ({ inputs: [a, b] }, gradient, [wantA, wantB]) => [
  wantA ? broadcastBackward(gradient, a.shape) : null,
  wantB ? broadcastBackward(gradient, b.shape) : null,
];

/** a − b with numpy broadcasting. */
export function subtract(a: Value, b: Value): Value {
  return a.graph.apply('Sub', [a, b], broadcastShape('Sub', a.shape, b.shape));
}

/** Backward of `subtract`. */
export const subtractVjp: VjpRule = ({ inputs: [a, b] }, gradient, [wantA, wantB]) => [
  wantA ? broadcastBackward(gradient, a.shape) : null,
  wantB ? broadcastBackward(negate(gradient), b.shape) : null,
];

/** a · b elementwise with numpy broadcasting. */
export function multiply(a: Value, b: Value): Value {
  return a.graph.apply('Mul', [a, b], broadcastShape('Mul', a.shape, b.shape));
}

/** Backward of `multiply`. */
export const multiplyVjp: VjpRule = ({ inputs: [a, b] }, gradient, [wantA, wantB]) => [
  wantA ? broadcastBackward(multiply(gradient, b), a.shape) : null,
  wantB ? broadcastBackward(multiply(gradient, a), b.shape) : null,
];

/** a · factor for a number. */
export function scale(a: Value, factor: number): Value {
  return multiply(a, a.graph.scalar(factor));
}

/** −a. */
export function negate(a: Value): Value {
  return a.graph.apply('Neg', [a], a.shape);
}

/** Backward of `negate`. */
export const negateVjp: VjpRule = (_entry, gradient) => [negate(gradient)];

/** |a|. */
export function absolute(a: Value): Value {
  return a.graph.apply('Abs', [a], a.shape);
}

/** Backward of `absolute`: ±1 by a comparison, several times faster than ORT's Sign; −1 at zero, a valid subgradient. */
export const absoluteVjp: VjpRule = ({ inputs: [a] }, gradient) => {
  const { graph } = a;
  const positive = graph.emit('Greater', [a, graph.scalar(0)], a.shape, {}, 'bool');
  const sign = subtract(scale(graph.emit('Cast', [positive], a.shape, { to: 1 }), 2), graph.scalar(1));
  return [multiply(gradient, sign)];
};

/** eᵃ. */
export function exponential(a: Value): Value {
  return a.graph.apply('Exp', [a], a.shape);
}

/** Backward of `exponential`. */
export const exponentialVjp: VjpRule = ({ output }, gradient) => [multiply(gradient, output)];

/** sin a, a in radians. */
export function sine(a: Value): Value {
  return a.graph.apply('Sin', [a], a.shape);
}

/** Backward of `sine`. */
export const sineVjp: VjpRule = ({ inputs: [a] }, gradient) => [multiply(gradient, cosine(a))];

/** cos a, a in radians. */
export function cosine(a: Value): Value {
  return a.graph.apply('Cos', [a], a.shape);
}

/** Backward of `cosine`. */
export const cosineVjp: VjpRule = ({ inputs: [a] }, gradient) => [negate(multiply(gradient, sine(a)))];

/** √a of a constant of the derivative: nothing flows back through it. */
export function squareRoot(a: Value): Value {
  return a.graph.emit('Sqrt', [a], a.shape);
}

/** 1 / √a, not differentiated: the norms' rules use it for the reciprocal deviation. */
export function reciprocalRoot(a: Value): Value {
  return a.graph.emit('Reciprocal', [a.graph.emit('Sqrt', [a], a.shape)], a.shape);
}
