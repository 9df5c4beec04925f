import { describe, expect, it } from 'vitest';
import { fractalNoise, valueNoise } from './noise.ts';

describe('valueNoise', () => {
  it('stays in [-1, 1], uses most of the range and has a mean near zero', () => {
    let lowest = 1;
    let highest = -1;
    let sum = 0;
    const count = 20000;
    for (let i = 0; i < count; i++) {
      const value = valueNoise(i * 0.37 - 900, i * 0.71, i * -0.53);
      lowest = Math.min(lowest, value);
      highest = Math.max(highest, value);
      sum += value;
    }
    expect(lowest).toBeGreaterThanOrEqual(-1);
    expect(highest).toBeLessThanOrEqual(1);
    expect(lowest).toBeLessThan(-0.7);
    expect(highest).toBeGreaterThan(0.7);
    // Values of neighboring cells correlate: a standard error of about 0.01, four of them allowed.
    expect(Math.abs(sum / count)).toBeLessThan(0.04);
  });

  it('is continuous across cell borders', () => {
    for (const at of [-3, -1, 0, 1, 7]) {
      // The blend's slope is at most 15/8 times the difference of two corners (2).
      expect(Math.abs(valueNoise(at - 1e-4, 0.3, 0.8) - valueNoise(at + 1e-4, 0.3, 0.8))).toBeLessThan(1e-3);
      expect(Math.abs(valueNoise(0.3, at - 1e-4, 0.8) - valueNoise(0.3, at + 1e-4, 0.8))).toBeLessThan(1e-3);
      expect(Math.abs(valueNoise(0.3, 0.8, at - 1e-4) - valueNoise(0.3, 0.8, at + 1e-4))).toBeLessThan(1e-3);
    }
  });

  it('differs along each axis', () => {
    const here = valueNoise(4, 5, 6);
    expect(valueNoise(5, 5, 6)).not.toBeCloseTo(here, 3);
    expect(valueNoise(4, 6, 6)).not.toBeCloseTo(here, 3);
    expect(valueNoise(4, 5, 7)).not.toBeCloseTo(here, 3);
  });
});

describe('fractalNoise', () => {
  it('is one value noise at one octave and stays in range with more', () => {
    expect(fractalNoise(1.2, 3.4, 5.6, 1)).toBe(valueNoise(1.2, 3.4, 5.6));
    for (let i = 0; i < 2000; i++) {
      expect(Math.abs(fractalNoise(i * 0.31, i * 0.17, -i * 0.23, 4))).toBeLessThanOrEqual(1);
    }
  });
});
