import { describe, expect, it } from 'vitest';
import { checkGradient } from '../../../../../test/gradient-check.ts';
import { createRandom } from '../../tensor/random.ts';
import { normalConsistency, normalConsistencyBackward } from './normal-consistency.ts';

describe('normalConsistency', () => {
  it('is 0 between equal normals, 1 at a right angle and 2 between opposite ones', () => {
    // +x, +x, +y, −x
    const normals = Float32Array.of(1, 0, 0, 1, 0, 0, 0, 1, 0, -1, 0, 0);
    expect(normalConsistency(normals, Uint32Array.of(0, 1))).toBe(0);
    expect(normalConsistency(normals, Uint32Array.of(0, 2))).toBe(1);
    expect(normalConsistency(normals, Uint32Array.of(0, 1, 0, 2, 0, 3))).toBe(1);
    expect(normalConsistency(normals, new Uint32Array(0))).toBe(0);
  });

  it('has a backward pass that agrees with finite differences', () => {
    const normals = createRandom(2, 'normals').normals(15);
    const edges = Uint32Array.of(0, 1, 1, 2, 2, 3, 0, 3, 3, 4);
    const gradient = new Float32Array(15);
    normalConsistencyBackward(normals, edges, 2.5, gradient);
    const loss = (): number => 2.5 * normalConsistency(normals, edges);
    // The value is bilinear, so only float32 rounding of the inputs remains.
    expect(checkGradient({ parameters: normals, gradient, loss, step: 1e-2 }).relativeError).toBeLessThan(
      1e-5,
    );
  });

  it('adds to what is already in the gradient', () => {
    const gradient = new Float32Array(6).fill(1);
    normalConsistencyBackward(Float32Array.of(1, 0, 0, 0, 1, 0), Uint32Array.of(0, 1), 1, gradient);
    expect([...gradient]).toEqual([1, 0, 1, 0, 1, 1]);
  });
});
