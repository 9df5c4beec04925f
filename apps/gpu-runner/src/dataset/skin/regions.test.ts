import { describe, expect, it } from 'vitest';
import { beardAt, browAt, earAt, mustacheAt, scalpAt, sideburnsAt } from './regions.ts';

/** Places on the rest head. */
const CROWN = [0, 8.48, 0.5] as const;
const FOREHEAD = [0, 7.75, 1.5] as const;
const CHIN = [0, 6.25, 1.47] as const;
const CHEEK = [0.48, 6.98, 1.25] as const;
const UNDER_NOSE = [0, 6.76, 1.56] as const;
const NOSE_TIP = [0, 6.93, 1.68] as const;
const BEFORE_EAR = [0.68, 7.1, 0.78] as const;
const EAR_RIM = [0.84, 7.15, 0.5] as const;
const BROW = [0.31, 7.54, 1.42] as const;
const NAPE = [0, 6.9, -0.5] as const;

describe('regions', () => {
  it('grow hair on crown and nape, not on forehead, cheek or ear', () => {
    expect(scalpAt(...CROWN)).toBe(1);
    expect(scalpAt(...NAPE)).toBe(1);
    for (const [x, y, z] of [FOREHEAD, CHEEK, EAR_RIM, NOSE_TIP]) expect(scalpAt(x, y, z)).toBeLessThan(0.05);
  });

  it('draw the hairline back with recession, never forward', () => {
    for (let x = -0.6; x <= 0.6; x += 0.1) {
      const full = scalpAt(x, 8.1, 1.25);
      expect(scalpAt(x, 8.1, 1.25, 1)).toBeLessThanOrEqual(full);
    }
    expect(scalpAt(0.4, 8.1, 1.25)).toBeGreaterThan(0.9);
    expect(scalpAt(0.4, 8.1, 1.25, 1)).toBeLessThan(0.1);
  });

  it('keep beard, mustache, sideburns and brows at their places', () => {
    expect(beardAt(...CHIN)).toBeGreaterThan(0.95);
    expect(beardAt(...CHEEK)).toBeLessThan(0.05);
    expect(mustacheAt(...UNDER_NOSE)).toBeGreaterThan(0.95);
    expect(mustacheAt(...NOSE_TIP)).toBe(0);
    expect(mustacheAt(0, 6.65, 1.58)).toBe(0);
    expect(sideburnsAt(...BEFORE_EAR)).toBeGreaterThan(0.9);
    expect(sideburnsAt(...CHIN)).toBe(0);
    expect(browAt(...BROW)).toBeGreaterThan(0.9);
    expect(browAt(...FOREHEAD)).toBeLessThan(0.01);
    expect(browAt(0, 7.53, 1.53)).toBe(0);
    expect(earAt(...EAR_RIM)).toBe(1);
  });

  it('are symmetric and within [0, 1]', () => {
    const wrong: string[] = [];
    for (const region of [scalpAt, beardAt, mustacheAt, sideburnsAt, browAt, earAt]) {
      for (let i = 0; i < 4000; i++) {
        const x = ((i * 37) % 100) / 110;
        const y = 5.8 + ((i * 53) % 271) / 100;
        const z = -0.8 + ((i * 71) % 251) / 100;
        const value = region(x, y, z);
        const fine = value >= 0 && value <= 1 && region(-x, y, z) === value;
        if (!fine) wrong.push(`${region.name} is ${value} at ${x} ${y} ${z}, ${region(-x, y, z)} mirrored`);
      }
    }
    expect(wrong).toEqual([]);
  });
});
