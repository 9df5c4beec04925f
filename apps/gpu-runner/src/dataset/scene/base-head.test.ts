import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readSafetensors, toFloat32, toIntegers } from '../../tensor/safetensors.ts';
import { createBaseHead } from './base-head.ts';

const MODELS = new URL('../../../../../models/head-template/', import.meta.url);
const base = createBaseHead(readFileSync(new URL('head-data.npz', MODELS)), { oval: [7015, 18473] });

/** Directed edges that no triangle takes the other way. */
function openEdges(indices: Uint32Array): [number, number][] {
  const halves = new Set<string>();
  for (let f = 0; f < indices.length; f += 3) {
    for (let k = 0; k < 3; k++) halves.add(`${indices[f + k]}-${indices[f + ((k + 1) % 3)]}`);
  }
  const open: [number, number][] = [];
  for (const half of halves) {
    const [a, b] = half.split('-').map(Number);
    if (!halves.has(`${b}-${a}`)) open.push([a, b]);
  }
  return open;
}

describe('the base head', () => {
  test('has skin, two eyeballs, teeth and tongue, each vertex in its region', () => {
    const { indices, region, rest } = base;
    for (const [part, triangles] of [
      [0, indices.skin],
      [1, indices.eyes],
      [3, indices.teeth],
      [4, indices.tongue],
    ] as const) {
      expect(triangles.length).toBeGreaterThan(1000);
      expect(triangles.every((v) => region[v] === part && v * 3 < rest.length)).toBe(true);
    }
    expect(base.refine(base.coarse)).toEqual(rest);
  });

  test('ends flat at the neck, closed from below by a disk that faces down', () => {
    const { skin } = base.indices;
    const heights = Array.from(skin, (v) => base.rest[v * 3 + 1]);
    expect(Math.min(...heights)).toBeCloseTo(5.72, 5);
    const rim = openEdges(skin).filter(([a, b]) => heightOf(a) < 5.75 && heightOf(b) < 5.75);
    // Skin and disk have their own vertices on the rim: every open edge of one lies on an open edge of the other.
    const place = (v: number): string => Array.from(base.rest.subarray(v * 3, v * 3 + 3)).join();
    const edges = new Set(rim.map(([a, b]) => `${place(a)} ${place(b)}`));
    expect(rim.length).toBeGreaterThan(100);
    for (const [a, b] of rim) expect(edges.has(`${place(b)} ${place(a)}`)).toBe(true);
    const [a, b, c] = Array.from(skin.subarray(-3), (v) => base.rest.subarray(v * 3, v * 3 + 3));
    const up = (b[2] - a[2]) * (c[0] - a[0]) - (b[0] - a[0]) * (c[2] - a[2]);
    expect(up).toBeLessThan(0);
  });

  test('moves by its targets, on one region alone where asked', () => {
    const all = new Float32Array(base.coarse.length);
    const skin = new Float32Array(base.coarse.length);
    base.addTarget('fu/jawOpen', 0.5, all);
    base.addTarget('fu/jawOpen', 0.5, skin, 0);
    const moved = (offsets: Float32Array, region: number): boolean =>
      base.coarseRegion.some((r, v) => r === region && offsets[v * 3 + 1] < -0.05);
    expect([0, 3, 4].map((region) => moved(all, region))).toEqual([true, true, true]);
    expect([0, 3, 4].map((region) => moved(skin, region))).toEqual([true, false, false]);
    expect(() => base.addTarget('fu/nope', 1, all)).toThrow('fu/nope');
  });

  test('has the inner lips of the template that score distillation draws', () => {
    const template = readSafetensors(readFileSync(new URL('head-template.safetensors', MODELS)));
    const entry = template.entries.get('landmarks/lips_in');
    const positions = template.entries.get('positions');
    if (!entry || !positions) throw new Error('expected the inner lips of the template');
    const places = toFloat32('positions', positions);
    const expected = Array.from(toIntegers('lips_in', entry), (v) => places.subarray(v * 3, v * 3 + 3));
    const chain = base.landmarks.get('lips_in') ?? [];
    // Same vertices: the rest head is not the average adult, but its mouth lies in the same order.
    expect(chain.length).toBe(expected.length);
    for (let i = 1; i < expected.length; i++) {
      const [was, is] = [chain[i - 1], chain[i]].map((v) => base.rest[v * 3]);
      expect(Math.sign(is - was)).toBe(Math.sign(expected[i][0] - expected[i - 1][0]));
    }
    expect([...chain].every((v) => base.masks.lips[v] > 0.3)).toBe(true);
  });

  test('knows lips, lids, ears and the inside of the mouth on the skin', () => {
    for (const mask of Object.values(base.masks)) {
      expect(
        mask.every((value, v) => value >= 0 && value <= 1 && (value === 0 || base.region[v] === 0)),
      ).toBe(true);
      expect(mask.filter((value) => value > 0.5).length).toBeGreaterThan(50);
    }
  });
});

function heightOf(v: number): number {
  return base.rest[v * 3 + 1];
}
