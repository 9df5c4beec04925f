import { expect, it } from 'vitest';
import { checkGradient } from '../../../../../test/gradient-check.ts';
import { createRandom } from '../../tensor/random.ts';
import { changeConsistency } from './change-consistency.ts';

const edges = Uint32Array.of(0, 1, 1, 2, 2, 3, 0, 3);
const normalsBase = createRandom(1, 'base').normals(12);

it('is zero for the base itself, however rough, and where all normals change alike', () => {
  expect(changeConsistency(normalsBase, normalsBase, edges, 1, new Float32Array(12))).toBe(0);
  const shifted = normalsBase.map((n, i) => n + [0.5, -0.25, 0.125][i % 3]);
  // float32 rounding of numbers near 1
  expect(changeConsistency(shifted, normalsBase, edges, 1, new Float32Array(12))).toBeLessThan(1e-12);
});

it('is half the squared difference of two neighbors that turn apart', () => {
  const normals = Float32Array.of(0, 0, 1, 1, 0, 0);
  const base = Float32Array.of(0, 0, 1, 0, 0, 1);
  expect(changeConsistency(normals, base, Uint32Array.of(0, 1), 1, new Float32Array(6))).toBe(1);
});

it('has a backward pass that agrees with finite differences', () => {
  const normals = createRandom(2, 'now').normals(12);
  const gradient = new Float32Array(12);
  changeConsistency(normals, normalsBase, edges, 3, gradient);
  const loss = (): number => 3 * changeConsistency(normals, normalsBase, edges, 3, new Float32Array(12));
  // The value is quadratic, so only float32 rounding of the inputs remains.
  expect(checkGradient({ parameters: normals, gradient, loss, step: 1e-2 }).relativeError).toBeLessThan(1e-5);
});
