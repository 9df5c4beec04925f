import { describe, expect, it } from 'vitest';
import { colorChange, drawChange, meanChange, normalChange } from './change-map.ts';
import { landmarkMovement } from './landmark-movement.ts';
import { regionMask } from './region-mask.ts';

describe('a change map', () => {
  const gray = new Float32Array(12).fill(0.5);
  const covered = Uint8Array.of(1, 1, 1, 0);

  it('is zero but where a color changed, and never counts the background', () => {
    const edited = gray.slice();
    edited.set([1, 1, 1], 3); // the second pixel turns white
    edited.set([1, 0, 0], 9); // the background turns red
    const map = colorChange(gray, edited, covered);
    expect([...map.change].map((x) => x > 0)).toEqual([false, true, false, false]);
    const { inside, outside } = meanChange(map, Uint8Array.of(0, 1, 0, 0));
    // L* of mid gray is 53.4, of white 100; CIEDE2000 counts bright differences less.
    expect(inside).toBeGreaterThan(25);
    expect(inside).toBeLessThan(47);
    expect(outside).toBe(0);
  });

  it('measures normals by their angle', () => {
    const base = Float32Array.from({ length: 12 }, (_, i) => [0.5, 0.5, 1][i % 3]);
    const edited = base.slice();
    edited.set([1, 0.5, 0.5], 0);
    expect(normalChange(base, edited, covered).change[0]).toBeCloseTo(90, 4);
    expect(normalChange(base, edited, covered).change[1]).toBe(0);
  });

  it('is drawn black where nothing changed, white where nothing is', () => {
    const image = drawChange(colorChange(gray, gray, covered), 10);
    expect([...image.subarray(0, 3)]).toEqual([0, 0, 0]);
    expect([...image.subarray(9)]).toEqual([1, 1, 1]);
  });

  it('refuses pictures of different sizes', () => {
    expect(() => colorChange(gray, new Float32Array(27), covered)).toThrow('got 12, 27 and 4');
  });
});

describe('landmark movement', () => {
  // An outline of width 0.5, and a mouth of two points.
  const base = {
    positions: Float32Array.of(-0.25, 0, 0, 0.25, 0, 0, 0, -0.3, 0.4, 0.1, -0.3, 0.4),
    chainStarts: [0, 2, 4],
  };
  const measure = (moved: Float32Array, edited: readonly string[]) =>
    landmarkMovement(base, { ...base, positions: moved }, ['oval', 'mouth'], 'oval', edited);

  it('is in percent of the face width, and what was asked for does not count as outside', () => {
    const moved = base.positions.slice();
    moved[7] -= 0.05; // one mouth point moves down by a tenth of the width
    const { chains, outsidePercent } = measure(moved, ['mouth']);
    expect(chains[1].maxPercent).toBeCloseTo(10, 4);
    expect(chains[1].meanPercent).toBeCloseTo(5, 4);
    expect(outsidePercent).toBe(0);
    expect(measure(moved, []).outsidePercent).toBeCloseTo(2.5, 4);
  });

  it('refuses other landmarks and a face without a width', () => {
    expect(() => measure(new Float32Array(3), [])).toThrow('expected equal landmarks');
    expect(() => landmarkMovement(base, base, ['oval', 'mouth'], 'jaw', [])).toThrow('width of jaw');
  });
});

describe('a region', () => {
  it('is the box around its landmarks and a reach, nothing without landmarks', () => {
    // One point in the middle of 4 × 4 pixels: centers within 0.2 are the inner four.
    const mask = regionMask([0.5, 0.5], 0.2, 4);
    expect([...mask]).toEqual([0, 0, 0, 0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 0, 0, 0]);
    expect(regionMask([], 0.2, 2).some((x) => x > 0)).toBe(false);
  });
});
