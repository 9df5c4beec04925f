import type { Value } from '../graph.ts';
import type { VjpRule } from '../vjp/rule.ts';
import { add, exponential, multiply, scale, subtract } from './elementwise.ts';
import { reduceSum } from './reduce.ts';

/** max(a, 0). */
export function relu(a: Value): Value {
  return a.graph.apply('Relu', [a], a.shape);
}

/** Backward of `relu`; the output as a bool and back is its sign, five times faster than ORT's Sign. */
export const reluVjp: VjpRule = ({ output }, gradient) => {
  const { graph, shape } = output;
  const passes = graph.emit('Cast', [output], shape, { to: 9 }, 'bool');
  return [multiply(gradient, graph.emit('Cast', [passes], shape, { to: 1 }))];
};

/** 1 / (1 + e⁻ᵃ). */
export function sigmoid(a: Value): Value {
  return a.graph.apply('Sigmoid', [a], a.shape);
}

/** Backward of `sigmoid`: y·(1 − y). */
export const sigmoidVjp: VjpRule = ({ output: y }, gradient) => [
  multiply(gradient, multiply(y, subtract(y.graph.scalar(1), y))),
];

/** Hyperbolic tangent. */
export function tanh(a: Value): Value {
  return a.graph.apply('Tanh', [a], a.shape);
}

/** Backward of `tanh`: 1 − y². */
export const tanhVjp: VjpRule = ({ output: y }, gradient) => [
  multiply(gradient, subtract(y.graph.scalar(1), multiply(y, y))),
];

/** ln(1 + eᵃ). */
export function softplus(a: Value): Value {
  return a.graph.apply('Softplus', [a], a.shape);
}

/** Backward of `softplus`: the sigmoid. */
export const softplusVjp: VjpRule = ({ inputs: [a] }, gradient) => [multiply(gradient, sigmoid(a))];

/** a · sigmoid(a). */
export function silu(a: Value): Value {
  const { graph } = a;
  const gate = graph.emit('Sigmoid', [a], a.shape);
  const output = graph.emit('Mul', [a, gate], a.shape);
  return graph.record({ op: 'Silu', inputs: [a], output, saved: [gate] });
}

/** Backward of `silu`: σ + y − y·σ, three passes fewer than the product rule. */
export const siluVjp: VjpRule = ({ output: y, saved: [gate] }, gradient) => [
  multiply(gradient, add(gate, subtract(y, multiply(y, gate)))),
];

/** a · Φ(a) with the exact normal distribution function. */
export function gelu(a: Value): Value {
  return a.graph.apply('Gelu', [a], a.shape, { approximate: 'none' });
}

/** Backward of `gelu`: Φ(a) + a·φ(a). */
export const geluVjp: VjpRule = ({ inputs: [a] }, gradient) => {
  const { graph } = a;
  const erf = graph.emit('Erf', [scale(a, Math.SQRT1_2)], a.shape);
  const cumulative = scale(add(erf, graph.scalar(1)), 0.5);
  const density = scale(exponential(scale(multiply(a, a), -0.5)), 1 / Math.sqrt(2 * Math.PI));
  return [multiply(gradient, add(cumulative, multiply(a, density)))];
};

/** Softmax over the last axis. */
export function softmax(a: Value): Value {
  return a.graph.apply('Softmax', [a], a.shape, { axis: a.shape.length - 1 });
}

/** Backward of `softmax`: y·(g − Σ g·y). */
export const softmaxVjp: VjpRule = ({ output: y }, gradient) => {
  const weighted = multiply(gradient, y);
  return [multiply(y, subtract(gradient, reduceSum(weighted, [-1])))];
};

/** Limits a to low … high. */
export function clip(a: Value, low: number, high: number): Value {
  const { graph } = a;
  const output = graph.emit('Clip', [a, graph.scalar(low), graph.scalar(high)], a.shape);
  return graph.record({ op: 'Clip', inputs: [a], output });
}

/** Backward of `clip`: passes only where nothing was cut. */
export const clipVjp: VjpRule = ({ inputs: [a], output }, gradient) => {
  const { graph } = a;
  const inside = graph.emit('Equal', [a, output], a.shape, {}, 'bool');
  return [multiply(gradient, graph.emit('Cast', [inside], a.shape, { to: 1 }))];
};
