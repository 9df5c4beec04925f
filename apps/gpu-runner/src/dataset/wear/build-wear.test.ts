import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createRandom } from '../../tensor/random.ts';
import type { HeadForm } from '../head-form.ts';
import type { Part, ShadingPoint } from '../part.ts';
import { createShadingPoint } from '../shading-point.ts';
import { createBaseHead } from '../scene/base-head.ts';
import { createHeadMorpher } from '../scene/morph-head.ts';
import { TRAITS, type Traits } from '../traits.ts';
import { buildWear } from './build-wear.ts';
import { headwearCover } from './headwear-cover.ts';

const MODELS = new URL('../../../../../models/head-template/', import.meta.url);
const morpher = createHeadMorpher(createBaseHead(readFileSync(new URL('head-data.npz', MODELS)), {}));
const PLAIN = {
  // TRAITS has at least one value for every name.
  ...(Object.fromEntries(Object.entries(TRAITS).map(([name, values]) => [name, values[0]])) as Traits),
  age: 'young',
} as const;
const man = copyForm(morpher.morph(PLAIN, createRandom(3)));
const child = copyForm(morpher.morph({ ...PLAIN, age: 'child', gender: 'female' }, createRandom(4)));

/** A morpher may write the next head where the last one was. */
function copyForm(form: HeadForm): HeadForm {
  return { ...form, positions: form.positions.slice(), normals: form.normals.slice() };
}

type WearTrait = 'headwear' | 'eyewear' | 'mask' | 'jewelry';

const ALL: Partial<Traits>[] = (['headwear', 'eyewear', 'mask', 'jewelry'] as const).flatMap(
  (name: WearTrait) => TRAITS[name].filter((value) => value !== 'none').map((value) => ({ [name]: value })),
);
const label = (traits: Partial<Traits>): string => Object.values(traits).join(' ');

function wear(traits: Partial<Traits>, form = man, seed = 1): Part[] {
  return buildWear(form, { ...PLAIN, ...traits }, createRandom(seed));
}

function triangleCount(parts: readonly Part[]): number {
  return parts.reduce((sum, part) => sum + part.mesh.indices.length / 3, 0);
}

function bounds(parts: readonly Part[]): { low: number[]; high: number[] } {
  const low = [Infinity, Infinity, Infinity];
  const high = [-Infinity, -Infinity, -Infinity];
  for (const { mesh } of parts) {
    for (let i = 0; i < mesh.positions.length; i++) {
      low[i % 3] = Math.min(low[i % 3], mesh.positions[i]);
      high[i % 3] = Math.max(high[i % 3], mesh.positions[i]);
    }
  }
  return { low, high };
}

/** Mean albedo over the vertices of a piece. */
function meanColor(parts: readonly Part[]): number[] {
  const sum = [0, 0, 0];
  let count = 0;
  for (const part of parts) {
    for (let v = 0; v < part.mesh.positions.length / 3; v += 3) {
      const point = shadeVertex(part, v);
      sum[0] += point.red;
      sum[1] += point.green;
      sum[2] += point.blue;
      count++;
    }
  }
  return sum.map((value) => value / count);
}

function shadeVertex(part: Part, v: number): ShadingPoint {
  const [x, y, z] = part.mesh.positions.subarray(3 * v, 3 * v + 3);
  const channels = part.channels.slice(v * part.channelCount, (v + 1) * part.channelCount);
  const point = { ...createShadingPoint(channels), x, y, z, nx: 0.36, ny: 0.48, nz: 0.8 };
  part.material.shade(point);
  return point;
}

/** Whether the ray from `from` along `ray` meets a triangle of the parts farther away than `least`. */
function meets(
  parts: readonly Part[],
  from: readonly number[],
  ray: readonly number[],
  least: number,
): boolean {
  for (const { mesh } of parts) {
    const { positions: p, indices } = mesh;
    for (let t = 0; t < indices.length; t += 3) {
      const [a, b, c] = [indices[t] * 3, indices[t + 1] * 3, indices[t + 2] * 3];
      const u = [p[b] - p[a], p[b + 1] - p[a + 1], p[b + 2] - p[a + 2]];
      const v = [p[c] - p[a], p[c + 1] - p[a + 1], p[c + 2] - p[a + 2]];
      const s = [from[0] - p[a], from[1] - p[a + 1], from[2] - p[a + 2]];
      const h = cross(ray, v);
      const determinant = dot(u, h);
      if (Math.abs(determinant) < 1e-12) continue;
      const wb = dot(s, h) / determinant;
      if (wb < -1e-3 || wb > 1.001) continue;
      const q = cross(s, u);
      const wc = dot(ray, q) / determinant;
      if (wc < -1e-3 || wb + wc > 1.001) continue;
      if (dot(v, q) / determinant > least) return true;
    }
  }
  return false;
}

const cross = (a: readonly number[], b: readonly number[]): number[] => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];
const dot = (a: readonly number[], b: readonly number[]): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

describe('buildWear', () => {
  test.each(ALL.map((traits) => [label(traits), traits] as const))(
    '%s is a sound mesh of few triangles',
    (_n, traits) => {
      for (const form of [man, child]) {
        const parts = wear(traits, form);
        expect(triangleCount(parts)).toBeGreaterThan(50);
        expect(triangleCount(parts)).toBeLessThanOrEqual(6000);
        for (const part of parts) {
          const vertexCount = part.mesh.positions.length / 3;
          expect(part.channels).toHaveLength(vertexCount * part.channelCount);
          expect(part.mesh.positions.every(Number.isFinite)).toBe(true);
          expect(part.channels.every(Number.isFinite)).toBe(true);
          expect(part.mesh.indices.every((index) => index < vertexCount)).toBe(true);
        }
      }
    },
  );

  test.each(ALL.map((traits) => [label(traits), traits] as const))('%s stays near the head', (_n, traits) => {
    for (const form of [man, child]) {
      const { crown, chin } = form.places;
      const height = crown[1] - chin[1];
      const { low, high } = bounds(wear(traits, form));
      // The picture has room for a little over a third of a head above the crown.
      expect(high[1]).toBeLessThan(crown[1] + 0.4 * height);
      expect(low[1]).toBeGreaterThan(chin[1] - 0.45 * height);
      expect(high[0]).toBeLessThan(0.85 * height);
      expect(low[0]).toBeGreaterThan(-0.85 * height);
    }
  });

  test('the same seed gives the same piece', () => {
    for (const traits of ALL) {
      const [first, second] = [wear(traits), wear(traits)];
      expect(second.map((part) => part.mesh)).toEqual(first.map((part) => part.mesh));
    }
  });

  test('no two pieces are alike', () => {
    const shapes = ALL.map((traits) => {
      const { low, high } = bounds(wear(traits));
      return [...low, ...high, triangleCount(wear(traits))].map((value) => value.toFixed(2)).join(' ');
    });
    expect(new Set(shapes).size).toBe(ALL.length);
  });

  test('a hat does not change what glasses and earrings look like', () => {
    const alone = wear({ eyewear: 'glasses', jewelry: 'earrings' });
    const hatted = wear({ headwear: 'beanie', eyewear: 'glasses', jewelry: 'earrings' });
    expect(hatted.slice(-alone.length).map((part) => part.mesh)).toEqual(alone.map((part) => part.mesh));
  });

  test('nothing is built for a bare head', () => {
    expect(wear({})).toEqual([]);
  });

  const closed = TRAITS.headwear.filter((name) => headwearCover(name) !== 'none');
  test.each(closed)('%s lies over the whole skull', (headwear) => {
    for (const form of [man, child]) {
      const parts = wear({ headwear }, form);
      const { crown, earLeft, eyeLeft } = form.places;
      const from = [0, eyeLeft[1] + 0.1, 0.5 * (earLeft[2] + crown[2])];
      let bare = 0;
      const seen = new Set(form.indices.skin);
      for (let v = 0; v < form.rest.length / 3; v += 5) {
        if (!seen.has(v) || form.rest[3 * v + 1] < 8.06) continue;
        // The forehead shows below the cloth.
        if ((headwear === 'hood' || headwear === 'headscarf') && form.rest[3 * v + 2] > 1.2) continue;
        const ray = [0, 1, 2].map((k) => form.positions[3 * v + k] - from[k]);
        if (!meets(parts, from, ray, 1)) bare++;
      }
      expect(bare).toBe(0);
    }
  });

  test('masks and helmets that show the eyes leave them free', () => {
    const open: Partial<Traits>[] = [
      ...(['surgical mask', 'carnival mask', 'bandit mask', 'hockey mask', 'superhero mask'] as const).map(
        (mask) => ({ mask }),
      ),
      ...(
        ['knight helmet', 'astronaut helmet', 'motorcycle helmet', 'hood', 'headscarf', 'turban'] as const
      ).map((headwear) => ({ headwear })),
      { eyewear: 'glasses' },
      { eyewear: 'round glasses' },
      { eyewear: 'monocle' },
    ];
    for (const form of [man, child]) {
      for (const traits of open) {
        for (const eye of [form.places.eyeLeft, form.places.eyeRight]) {
          expect([label(traits), meets(wear(traits, form), eye, [0, 0, 1], 0)]).toEqual([
            label(traits),
            false,
          ]);
        }
      }
    }
  });

  test('what covers the eyes covers them', () => {
    for (const eyewear of ['sunglasses', 'goggles', 'vr headset'] as const) {
      const parts = wear({ eyewear });
      expect(meets(parts, man.places.eyeLeft, [0, 0, 1], 0)).toBe(true);
      expect(meets(parts, man.places.eyeRight, [0, 0, 1], 0)).toBe(true);
    }
    const patch = wear({ eyewear: 'eye patch' });
    const covered = [man.places.eyeLeft, man.places.eyeRight].filter((eye) =>
      meets(patch, eye, [0, 0, 1], 0),
    );
    expect(covered).toHaveLength(1);
  });

  test.each(TRAITS.headwear.filter((name) => name !== 'none'))('%s takes on its color', (headwear) => {
    const red = meanColor(wear({ headwear, headwearColor: 'red' }));
    const blue = meanColor(wear({ headwear, headwearColor: 'blue' }));
    const black = meanColor(wear({ headwear, headwearColor: 'black' }));
    expect(red[0] - blue[0]).toBeGreaterThan(0.04);
    expect(blue[2] - black[2]).toBeGreaterThan(0.03);
  });

  test('materials write finite colors in range at every vertex', () => {
    for (const traits of ALL) {
      for (const part of wear(traits)) {
        for (let v = 0; v < part.mesh.positions.length / 3; v += 7) {
          const { red, green, blue, nx, ny, nz } = shadeVertex(part, v);
          for (const value of [red, green, blue]) {
            expect(value).toBeGreaterThanOrEqual(0);
            expect(value).toBeLessThanOrEqual(1.5);
          }
          expect(Math.hypot(nx, ny, nz)).toBeCloseTo(1, 4);
        }
      }
    }
  });
});
