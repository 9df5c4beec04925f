import { describe, expect, it } from 'vitest';
import { checkGradient } from '../../../../../test/gradient-check.ts';
import { createRandom } from '../../tensor/random.ts';
import { laplacian, laplacianBackward } from './laplacian.ts';

// A square with one diagonal: degrees 3, 2, 3, 2.
const edges = Uint32Array.of(0, 1, 0, 2, 0, 3, 1, 2, 2, 3);

describe('laplacian', () => {
  it('multiplies by the degree instead of dividing by it', () => {
    // Only vertex 0 is off the origin, by 1 along x: L v is 3 at vertex 0 and −1 at each of its three neighbors.
    const { value, differences } = laplacian(Float32Array.of(1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0), edges);
    expect([...differences].filter((_, i) => i % 3 === 0)).toEqual([3, -1, -1, -1]);
    expect(value).toBe(6 / 4);
  });

  it('is 0 when all vertices coincide, with a gradient of 0 instead of not-a-number', () => {
    const result = laplacian(new Float32Array(12).fill(0.25), edges);
    const gradient = new Float32Array(12);
    laplacianBackward(result, edges, 1, gradient);
    expect(result.value).toBe(0);
    expect(gradient.every((g) => g === 0)).toBe(true);
  });

  it('has a backward pass that agrees with finite differences', () => {
    const positions = createRandom(4, 'laplacian').normals(12);
    const gradient = new Float32Array(12);
    laplacianBackward(laplacian(positions, edges), edges, 3, gradient);
    const loss = (): number => 3 * laplacian(positions, edges).value;
    // float32 differences of size 1 over a step of 1e-2 leave about 1e-5; the norm's curvature adds a little.
    expect(checkGradient({ parameters: positions, gradient, loss, step: 1e-2 }).relativeError).toBeLessThan(
      1e-3,
    );
  });
});
