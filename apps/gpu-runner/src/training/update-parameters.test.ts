import { describe, expect, test } from 'vitest';
import { createRandom } from '../tensor/random.ts';
import { averageDecayAt, createTrainingState, updateParameters } from './update-parameters.ts';

const settings = {
  learningRate: 0.01,
  beta1: 0.9,
  beta2: 0.99,
  epsilon: 1e-8,
  weightDecay: 0.1,
  gradientNormMax: 1,
  averageDecay: 0.9,
};

function norm(values: ArrayLike<number>): number {
  return Math.sqrt(Array.from(values).reduce((sum, v) => sum + v * v, 0));
}

describe('updateParameters', () => {
  test('follows AdamW with clipped gradients and a moving average, in double precision, over twenty steps', () => {
    const random = createRandom(3);
    const initial = random.normals(6);
    const state = createTrainingState(initial);
    const expected = {
      p: Array.from(initial),
      m: Array(6).fill(0),
      v: Array(6).fill(0),
      a: Array.from(initial),
    };
    for (let step = 1; step <= 20; step++) {
      const gradient = random.normals(6);
      const length = norm(gradient);
      updateParameters(state, gradient, length, settings);
      const decay = Math.min(0.9, (1 + step) / (10 + step));
      for (let i = 0; i < 6; i++) {
        const g = gradient[i] * Math.min(1, 1 / (length + 1e-6));
        expected.m[i] = 0.9 * expected.m[i] + 0.1 * g;
        expected.v[i] = 0.99 * expected.v[i] + 0.01 * g * g;
        const meanHat = expected.m[i] / (1 - 0.9 ** step);
        const varianceHat = expected.v[i] / (1 - 0.99 ** step);
        expected.p[i] -= 0.01 * 0.1 * expected.p[i] + (0.01 * meanHat) / (Math.sqrt(varianceHat) + 1e-8);
        expected.a[i] = decay * expected.a[i] + (1 - decay) * expected.p[i];
      }
    }
    // float32 storage leaves about 1e-7 relative a step.
    for (let i = 0; i < 6; i++) {
      expect(state.parameters[i]).toBeCloseTo(expected.p[i], 5);
      expect(state.average[i]).toBeCloseTo(expected.a[i], 5);
    }
    expect(state.step).toBe(20);
  });

  test('leaves a gradient within the limit as it is', () => {
    const [short, long] = [
      createTrainingState(new Float32Array(1)),
      createTrainingState(new Float32Array(1)),
    ];
    updateParameters(short, Float32Array.of(0.5), 0.5, settings);
    updateParameters(long, Float32Array.of(5), 5, settings);
    expect(short.mean[0]).toBeCloseTo(0.05, 6);
    expect(long.mean[0]).toBeCloseTo(0.1, 6);
  });

  test('forgets the random start soon and then remembers as long as asked', () => {
    expect(averageDecayAt(1, 0.999)).toBeCloseTo(2 / 11);
    expect(averageDecayAt(1_000_000, 0.999)).toBe(0.999);
    const state = createTrainingState(Float32Array.of(1000));
    for (let step = 0; step < 200; step++) {
      state.parameters[0] = 1;
      updateParameters(state, Float32Array.of(0), 0, { ...settings, weightDecay: 0, averageDecay: 0.999 });
    }
    expect(state.average[0]).toBeLessThan(1.01);
  });

  test('refuses a gradient that is not finite and leaves the weights alone', () => {
    const state = createTrainingState(Float32Array.of(1));
    const update = () => {
      updateParameters(state, Float32Array.of(Number.NaN), Number.NaN, settings);
    };
    expect(update).toThrow('expected a finite gradient at step 0, got NaN');
    expect([...state.parameters, state.step]).toEqual([1, 0]);
  });
});
