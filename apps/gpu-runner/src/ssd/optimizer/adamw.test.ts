import { describe, expect, it } from 'vitest';
import { createRandom } from '../../tensor/random.ts';
import { createAdamW, stepAdamW } from './adamw.ts';

/** The formulas of the paper's algorithm 2, one parameter at a time in double precision. */
function referenceSteps(
  start: number,
  gradients: readonly number[],
  learningRate: number,
  weightDecay: number,
): number {
  let [p, m, v] = [start, 0, 0];
  gradients.forEach((g, k) => {
    m = 0.9 * m + 0.1 * g;
    v = 0.99 * v + 0.01 * g * g;
    const meanHat = m / (1 - 0.9 ** (k + 1));
    const varianceHat = v / (1 - 0.99 ** (k + 1));
    p = p - learningRate * weightDecay * p - (learningRate * meanHat) / (Math.sqrt(varianceHat) + 1e-15);
  });
  return p;
}

describe('stepAdamW', () => {
  it('moves by exactly the learning rate against the sign of the first gradient', () => {
    const parameters = Float32Array.of(1, 1, 1);
    stepAdamW(createAdamW(3), parameters, Float32Array.of(5, -1e-6, 0), [
      { start: 0, end: 3, learningRate: 0.25 },
    ]);
    expect([...parameters].map((p) => Math.round(p * 1e5) / 1e5)).toEqual([0.75, 1.25, 1]);
  });

  it('follows the reference over twenty steps with two groups, one of them decaying', () => {
    const random = createRandom(11, 'adamw');
    const parameters = random.normals(8);
    const start = parameters.slice();
    const gradients = Array.from({ length: 20 }, () => random.normals(8));
    const state = createAdamW(8);
    for (const gradient of gradients) {
      stepAdamW(state, parameters, gradient, [
        { start: 0, end: 5, learningRate: 0.01 },
        { start: 5, end: 8, learningRate: 0.1, weightDecay: 0.3 },
      ]);
    }
    for (let i = 0; i < 8; i++) {
      const history = gradients.map((g) => g[i]);
      const expected =
        i < 5 ? referenceSteps(start[i], history, 0.01, 0) : referenceSteps(start[i], history, 0.1, 0.3);
      // float32 moments and parameters: about 1e-7 relative a step, twenty steps.
      expect(parameters[i]).toBeCloseTo(expected, 5);
    }
    expect(state.step).toBe(20);
  });

  it('keeps moving a parameter whose gradient stopped, and only decays one that never had a gradient', () => {
    const parameters = Float32Array.of(1, 1);
    const state = createAdamW(2);
    const groups = [{ start: 0, end: 2, learningRate: 0.1, weightDecay: 0.5 }];
    stepAdamW(state, parameters, Float32Array.of(1, 0), groups);
    stepAdamW(state, parameters, Float32Array.of(0, 0), groups);
    expect(parameters[0]).toBeCloseTo(referenceSteps(1, [1, 0], 0.1, 0.5), 6);
    expect(parameters[1]).toBeCloseTo(0.95 ** 2, 6);
  });

  it('gives the same bytes after its state went through a checkpoint', () => {
    const random = createRandom(5, 'resume');
    const gradients = Array.from({ length: 6 }, () => random.normals(4));
    const groups = [{ start: 0, end: 4, learningRate: 0.02 }];
    const run = (interrupt: boolean): Float32Array => {
      let state = createAdamW(4);
      const parameters = new Float32Array(4);
      gradients.forEach((g, k) => {
        if (interrupt && k === 3)
          state = { mean: state.mean.slice(), variance: state.variance.slice(), step: state.step };
        stepAdamW(state, parameters, g, groups);
      });
      return parameters;
    };
    expect(run(true)).toEqual(run(false));
  });

  it('refuses arrays of another length', () => {
    expect(() => stepAdamW(createAdamW(2), new Float32Array(2), new Float32Array(3), [])).toThrow('2 and 3');
  });
});
