import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { createRandom } from '../../tensor/random.ts';
import type { Part, ShadingPoint } from '../part.ts';
import { createShadingPoint } from '../shading-point.ts';
import { createBaseHead } from '../scene/base-head.ts';
import { createHeadMorpher } from '../scene/morph-head.ts';
import { buildSkin } from '../skin/build-skin.ts';
import { TRAITS, type Traits } from '../traits.ts';
import { restyle } from './restyle.ts';

const MODELS = new URL('../../../../../models/head-template/', import.meta.url);
const HUMAN = {
  // TRAITS has at least one value for every name.
  ...(Object.fromEntries(Object.entries(TRAITS).map(([name, values]) => [name, values[0]])) as Traits),
};
let parts: Part[];

beforeAll(() => {
  const morpher = createHeadMorpher(createBaseHead(readFileSync(new URL('head-data.npz', MODELS)), {}));
  const form = morpher.morph(HUMAN, createRandom(2));
  parts = buildSkin(form, HUMAN, createRandom(2));
});

const restyled = (traits: Partial<Traits>, seed = 1): Part[] =>
  restyle(parts, { ...HUMAN, ...traits }, createRandom(seed));

/** Shades every `step`-th vertex of a part seen from straight ahead. */
function shade(part: Part, step = 197): ShadingPoint[] {
  const points: ShadingPoint[] = [];
  const { positions } = part.mesh;
  for (let v = 0; v < positions.length / 3; v += step) {
    const channels = part.channels.slice(v * part.channelCount, (v + 1) * part.channelCount);
    const [x, y, z] = positions.subarray(3 * v, 3 * v + 3);
    const point = { ...createShadingPoint(channels), x, y, z };
    part.material.shade(point);
    points.push(point);
  }
  return points;
}

function meanColor(points: readonly ShadingPoint[]): [number, number, number] {
  const mean: [number, number, number] = [0, 0, 0];
  for (const { red, green, blue } of points) {
    mean[0] += red / points.length;
    mean[1] += green / points.length;
    mean[2] += blue / points.length;
  }
  return mean;
}

describe('restyle', () => {
  test('leaves realistic flesh alone', () => {
    expect(restyled({})).toBe(parts);
  });

  test('turns the whole head into each material: colors in range, unit normals, unlike the others', () => {
    const looks = TRAITS.material.map((material) => {
      const all = restyled({ material });
      expect(all.map(({ name }) => name)).toEqual(parts.map(({ name }) => name));
      const points = all.flatMap((part) => shade(part));
      for (const p of points) {
        expect(Math.abs(Math.hypot(p.nx, p.ny, p.nz) - 1)).toBeLessThan(1e-2);
        expect(Math.min(p.red, p.green, p.blue)).toBeGreaterThanOrEqual(0);
        expect(Math.max(p.red, p.green, p.blue)).toBeLessThanOrEqual(1.3);
      }
      const metal = points.reduce((sum, p) => sum + p.metal, 0) / points.length;
      const gloss = points.reduce((sum, p) => sum + p.gloss, 0) / points.length;
      return [...meanColor(points), metal, gloss];
    });
    for (const [i, look] of looks.entries()) {
      for (const other of looks.slice(i + 1)) {
        expect(Math.hypot(...look.map((value, k) => value - other[k]))).toBeGreaterThan(0.1);
      }
    }
  });

  test('keeps a trace of what was painted on the face', () => {
    const white: Part[] = parts.map((part) => ({ ...part, material: { shade: (p) => setColor(p, 0.9) } }));
    const black: Part[] = parts.map((part) => ({ ...part, material: { shade: (p) => setColor(p, 0.1) } }));
    const traits = { ...HUMAN, material: 'marble' } as const;
    const [light] = meanColor(shade(restyle(white, traits, createRandom(1))[0]));
    const [dark] = meanColor(shade(restyle(black, traits, createRandom(1))[0]));
    expect(light - dark).toBeGreaterThan(0.1);
    expect(light - dark).toBeLessThan(0.4);
  });

  test('draws a cartoon in stronger colors with an ink line at the outline', () => {
    const [skin] = restyled({ style: 'cartoon' });
    const spread = (points: readonly ShadingPoint[]): number =>
      points.reduce(
        (sum, p) => sum + Math.max(p.red, p.green, p.blue) - Math.min(p.red, p.green, p.blue),
        0,
      ) / points.length;
    expect(spread(shade(skin))).toBeGreaterThan(1.15 * spread(shade(parts[0])));
    const [front] = shade(skin);
    const edge = { ...front, nx: 1, nz: 0 };
    skin.material.shade(edge);
    expect(edge.red).toBeLessThan(0.35 * front.red);
  });

  test('rebuilds a head from blocks that wrap it closely, each face flat and of one color', () => {
    const all = restyled({ style: 'voxel' });
    expect(all).toHaveLength(1);
    const [{ mesh, channels, channelCount }] = all;
    const { positions, indices } = mesh;
    expect(indices.length / 3).toBeGreaterThan(1000);
    expect(indices.length / 3).toBeLessThan(9000);
    expect(positions.length / 3).toBe((indices.length / 6) * 4);
    let uneven = 0;
    let motley = 0;
    for (let face = 0; face < positions.length / 12; face++) {
      const corner = (k: number): number[] =>
        Array.from(positions.subarray(12 * face + 3 * k, 12 * face + 3 * k + 3));
      const [a, b, c, d] = [corner(0), corner(1), corner(2), corner(3)];
      const flat = [0, 1, 2].filter((k) => a[k] === b[k] && b[k] === c[k] && c[k] === d[k]);
      if (flat.length !== 1) uneven++;
      for (let k = 1; k < 4; k++) {
        for (let c = 0; c < 3; c++) {
          if (channels[(4 * face + k) * channelCount + c] !== channels[4 * face * channelCount + c]) motley++;
        }
      }
    }
    expect([uneven, motley]).toEqual([0, 0]);
    for (let k = 0; k < 3; k++) {
      const range = (values: Float32Array): [number, number] => {
        const own = values.filter((_, i) => i % 3 === k);
        return [Math.min(...own), Math.max(...own)];
      };
      const [low, high] = range(parts[0].mesh.positions);
      const [blocksLow, blocksHigh] = range(positions);
      expect(Math.abs(blocksLow - low)).toBeLessThan(0.2);
      expect(Math.abs(blocksHigh - high)).toBeLessThan(0.2);
    }
  });

  test('turns every block face outward', () => {
    const [{ mesh }] = restyled({ style: 'voxel' });
    const { positions: p, indices } = mesh;
    // All faces straight ahead of the head's middle must look ahead, those behind it back.
    let volume = 0;
    for (let t = 0; t < indices.length; t += 3) {
      const [a, b, c] = [indices[t] * 3, indices[t + 1] * 3, indices[t + 2] * 3];
      const area = (p[b] - p[a]) * (p[c + 1] - p[a + 1]) - (p[b + 1] - p[a + 1]) * (p[c] - p[a]);
      volume += (area / 2) * (p[a + 2] - 0.5);
    }
    // A head of about 1.5 × 2.6 × 2 decimeters.
    expect(volume).toBeGreaterThan(3);
    expect(volume).toBeLessThan(8);
  });

  test('is the same for a seed', () => {
    const [first] = restyled({ style: 'voxel', material: 'wood' }, 4);
    const [second] = restyled({ style: 'voxel', material: 'wood' }, 4);
    expect(first.channels).toEqual(second.channels);
    expect(restyled({ style: 'voxel', material: 'plastic' }, 4)[0].channels).not.toEqual(first.channels);
  });
});

function setColor(point: ShadingPoint, value: number): void {
  point.red = value;
  point.green = value;
  point.blue = value;
}
