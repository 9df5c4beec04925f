import { describe, expect, it } from 'vitest';
import './matchers.ts';

describe('toBeAllClose', () => {
  it('accepts numbers within the tolerance and names the worst one outside', () => {
    expect([1, 2.001]).toBeAllClose([1, 2], { absolute: 0.002 });
    expect(Float32Array.of(100.5)).toBeAllClose([100], { relative: 0.01 });
    expect(() => expect([1, 2.5]).toBeAllClose([1, 2], { absolute: 0.1 })).toThrow('index 1');
  });

  it('refuses NaN and arrays of another length', () => {
    expect([Number.NaN]).not.toBeAllClose([Number.NaN], { absolute: 1 });
    expect([Number.NaN]).not.toBeAllClose([0], { absolute: 1 });
    expect([1]).not.toBeAllClose([1, 1], { absolute: 1 });
  });
});

describe('toBeValidGlb', () => {
  it('refuses bytes that are no GLB', async () => {
    await expect(expect(new Uint8Array(64)).toBeValidGlb()).rejects.toThrow('expected a GLB');
  });
});
