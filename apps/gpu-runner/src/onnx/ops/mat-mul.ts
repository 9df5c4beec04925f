import { elementCount, type Value } from '../graph.ts';
import type { VjpRule } from '../vjp/rule.ts';
import { broadcastBackward, broadcastShape } from './broadcast.ts';
import { add } from './elementwise.ts';
import { reshape, swapLastAxes } from './shape.ts';

/** Matrix product of [..., M, K] and [..., K, N] → [..., M, N]; leading axes broadcast. */
export function matMul(a: Value, b: Value): Value {
  const [rows, inner] = a.shape.slice(-2);
  const [innerB, columns] = b.shape.slice(-2);
  if (a.shape.length < 2 || b.shape.length < 2 || inner !== innerB) {
    throw new Error(`MatMul: expected [..., M, K] and [..., K, N], got [${a.shape}] and [${b.shape}]`);
  }
  const lead = broadcastShape('MatMul', a.shape.slice(0, -2), b.shape.slice(0, -2));
  return a.graph.apply('MatMul', [a, b], [...lead, rows, columns]);
}

/** Backward of `matMul`: gA = g·Bᵀ, gB = Aᵀ·g, summed over broadcast leading axes. */
export const matMulVjp: VjpRule = ({ inputs: [a, b] }, gradient, [wantA, wantB]) => [
  wantA ? broadcastBackward(matMul(gradient, transposed(b)), a.shape) : null,
  wantB ? gradientOfRight(a, b, gradient) : null,
];

/** x · weight + bias along the last axis; weight [in, out], bias [out] or null. */
export function affine(x: Value, weight: Value, bias: Value | null): Value {
  const product = matMul(x, weight);
  return bias ? add(product, bias) : product;
}

/** A constant is transposed here and now, so that ORT can pack it; anything else inside the graph. */
function transposed(b: Value): Value {
  if (b.shape.length !== 2 || !(b.data instanceof Float32Array)) return swapLastAxes(b);
  const [rows, columns] = b.shape;
  const out = new Float32Array(b.data.length);
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) out[j * rows + i] = b.data[i * columns + j];
  return b.graph.constant([columns, rows], out);
}

function gradientOfRight(a: Value, b: Value, gradient: Value): Value {
  if (b.shape.length > 2) return broadcastBackward(matMul(swapLastAxes(a), gradient), b.shape);
  // A shared weight: all leading axes are rows of one tall product, where Gemm transposes without a copy.
  const [inner, columns] = b.shape;
  const rows = elementCount(a.shape) / inner;
  const inputs = [reshape(a, [rows, inner]), reshape(gradient, [rows, columns])];
  return b.graph.emit('Gemm', inputs, b.shape, { transA: 1 });
}
