import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createRandom } from '../../tensor/random.ts';
import { createBaseHead } from '../scene/base-head.ts';
import { createHeadMorpher } from '../scene/morph-head.ts';
import { TRAITS, type Traits } from '../traits.ts';
import { bandPoint, bandReach, fitBand } from './fit-band.ts';
import { headGrid, polarAtLine, readGrid } from './head-grid.ts';

const MODELS = new URL('../../../../../models/head-template/', import.meta.url);
const morpher = createHeadMorpher(createBaseHead(readFileSync(new URL('head-data.npz', MODELS)), {}));
// TRAITS has at least one value for every name.
const PLAIN = Object.fromEntries(Object.entries(TRAITS).map(([name, values]) => [name, values[0]])) as Traits;
const form = morpher.morph({ ...PLAIN, age: 'young' }, createRandom(3));
const grid = headGrid(form);

describe('headGrid', () => {
  test('its points lie on the skin: the crown on top, the nose in front, the two sides alike', () => {
    const at = [0, 0, 0];
    readGrid(grid.points, 0, 0, at);
    expect(at[1]).toBeGreaterThan(form.places.crown[1] - 0.12);
    readGrid(grid.points, Math.PI / 2, 0.4, at);
    const mirrored = [0, 0, 0];
    readGrid(grid.points, Math.PI / 2, -0.4, mirrored);
    // Faces of the template are mirror images but for asymmetric targets.
    expect(mirrored[0]).toBeCloseTo(-at[0], 1);
    expect(mirrored[1]).toBeCloseTo(at[1], 1);
    expect(mirrored[2]).toBeCloseTo(at[2], 1);
    let front = -Infinity;
    for (let polar = 1.6; polar < 2.3; polar += 0.02) {
      readGrid(grid.points, polar, 0, at);
      front = Math.max(front, at[2]);
    }
    expect(front).toBeCloseTo(form.places.noseTip[2], 1);
  });

  test('its points keep the shape of the head with the ears taken off', () => {
    for (let azimuth = 0; azimuth < 2 * Math.PI; azimuth += 0.1) {
      const [here, next] = [
        [0, 0, 0],
        [0, 0, 0],
      ];
      readGrid(grid.points, 1.5, azimuth, here);
      readGrid(grid.points, 1.5, azimuth + 0.07, next);
      // A step of 4° on a skull of about one decimeter; an ear would be a jump.
      expect(Math.hypot(next[0] - here[0], next[1] - here[1], next[2] - here[2])).toBeLessThan(0.15);
    }
  });

  test('a line of the rest head is found at its height on every meridian', () => {
    const rest = [0, 0, 0];
    for (let azimuth = 0; azimuth < 6.2; azimuth += 0.3) {
      readGrid(
        grid.restPoints,
        polarAtLine(grid, azimuth, () => 7.8),
        azimuth,
        rest,
      );
      expect(rest[1]).toBeCloseTo(7.8, 1);
    }
  });
});

describe('fitBand', () => {
  const clearance = 0.06;
  const band = fitBand(grid, 7.8, 7.4, clearance);

  test('its frame is orthonormal and stands upright', () => {
    const dot = (a: readonly number[], b: readonly number[]): number =>
      a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
    for (const axis of [band.right, band.up, band.forward]) expect(dot(axis, axis)).toBeCloseTo(1, 6);
    expect(dot(band.right, band.up)).toBeCloseTo(0, 6);
    expect(dot(band.right, band.forward)).toBeCloseTo(0, 6);
    expect(dot(band.up, band.forward)).toBeCloseTo(0, 6);
    expect(band.up[1]).toBeGreaterThan(0.9);
    expect(band.right[0]).toBeGreaterThan(0.99);
  });

  test('at every height its reach holds the skull', () => {
    const edge = [0, 0, 0];
    let pierced = 0;
    for (let i = 0; i < grid.points.length; i += 3) {
      const offset = [0, 1, 2].map((k) => grid.points[i + k] - band.center[k]);
      const along = (axis: readonly number[]): number =>
        offset[0] * axis[0] + offset[1] * axis[1] + offset[2] * axis[2];
      const height = along(band.up);
      if (height < 0) continue;
      const azimuth = Math.atan2(along(band.right) / band.halfWidth, along(band.forward) / band.halfDepth);
      bandPoint(band, azimuth, bandReach(band, height), 0, height, edge);
      const reach = Math.hypot(...[0, 1, 2].map((k) => edge[k] - band.center[k] - height * band.up[k]));
      const radius = Math.hypot(along(band.right), along(band.forward));
      if (radius > reach + 0.01) pierced++;
    }
    expect(pierced).toBe(0);
    expect(band.reach.every((value, n) => n === 0 || value <= band.reach[n - 1])).toBe(true);
  });
});
