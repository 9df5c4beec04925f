import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createRandom } from '../../tensor/random.ts';
import type { HeadForm } from '../head-form.ts';
import type { Part } from '../part.ts';
import { createShadingPoint } from '../shading-point.ts';
import { createBaseHead } from '../scene/base-head.ts';
import { createHeadMorpher } from '../scene/morph-head.ts';
import { TRAITS, type Traits } from '../traits.ts';
import { buildHair } from './build-hair.ts';

const MODELS = new URL('../../../../../models/head-template/', import.meta.url);
const morpher = createHeadMorpher(createBaseHead(readFileSync(new URL('head-data.npz', MODELS)), {}));
const PLAIN = {
  // TRAITS has at least one value for every name.
  ...(Object.fromEntries(Object.entries(TRAITS).map(([name, values]) => [name, values[0]])) as Traits),
  age: 'young',
} as const;
const forms = new Map<string, HeadForm>();

function formOf(expression: Traits['expression']): HeadForm {
  let form = forms.get(expression);
  if (!form) {
    form = morpher.morph({ ...PLAIN, expression }, createRandom(3));
    forms.set(expression, form);
  }
  return form;
}

const built = new Map<string, Part[]>();

function grow(traits: Partial<Traits>, seed: number): Part[] {
  const whole = { ...PLAIN, ...traits };
  return buildHair(formOf(whole.expression), whole, createRandom(seed));
}

/** The same as `grow`, but each head of hair is grown only once. */
function hair(traits: Partial<Traits>, seed = 1): Part[] {
  const key = `${seed} ${JSON.stringify(traits)}`;
  const parts = built.get(key) ?? grow(traits, seed);
  built.set(key, parts);
  return parts;
}

function bounds(parts: readonly Part[]): { low: number[]; high: number[] } {
  const low = [9, 9, 9];
  const high = [-9, -9, -9];
  for (const { mesh } of parts) {
    for (let i = 0; i < mesh.positions.length; i++) {
      low[i % 3] = Math.min(low[i % 3], mesh.positions[i]);
      high[i % 3] = Math.max(high[i % 3], mesh.positions[i]);
    }
  }
  return { low, high };
}

/** How far each direction around the middle of the skull is covered, decimeters: a silhouette from all sides. */
function reach(parts: readonly Part[]): Float64Array {
  const out = new Float64Array(24 * 12);
  for (const { mesh } of parts) {
    for (let i = 0; i < mesh.positions.length; i += 3) {
      const x = mesh.positions[i];
      const y = mesh.positions[i + 1] - 7.45;
      const z = mesh.positions[i + 2] - 0.5;
      const r = Math.hypot(x, y, z);
      const column = Math.floor(((Math.atan2(x, z) / (2 * Math.PI) + 1) % 1) * 24);
      const row = Math.min(11, Math.floor((Math.acos(y / r) / Math.PI) * 12));
      out[row * 24 + column] = Math.max(out[row * 24 + column], r);
    }
  }
  return out;
}

const everyHair = TRAITS.hair.filter((style) => style !== 'bald');
const everyBeard = TRAITS.beard.filter((style) => style !== 'none' && style !== 'stubble');

describe('hair', () => {
  test.each([
    ...everyHair.map((style) => ({ hair: style })),
    ...everyBeard.map((style) => ({ beard: style })),
  ])('is a sound mesh within the budget: $hair $beard', (traits) => {
    const parts = hair(traits);
    expect(parts.length).toBeGreaterThan(0);
    for (const { mesh, channels, channelCount } of parts) {
      const count = mesh.positions.length / 3;
      expect(mesh.positions.every(Number.isFinite)).toBe(true);
      expect(channels.every(Number.isFinite)).toBe(true);
      expect(channels.length).toBe(count * channelCount);
      expect(mesh.indices.reduce((most, v) => Math.max(most, v), 0)).toBeLessThan(count);
    }
    const { low, high } = bounds(parts);
    // No lock flies away: within the picture, and never far in front of the face.
    expect(Math.max(-low[0], high[0])).toBeLessThan(2);
    expect(high[1]).toBeLessThan(9.8);
    expect(low[1]).toBeGreaterThan(4.9);
    expect(high[2]).toBeLessThan(2.1);
  });

  test('keeps to 12,000 triangles with the largest style and beard together', () => {
    const count = (parts: readonly Part[]): number =>
      parts.reduce((sum, { mesh }) => sum + mesh.indices.length / 3, 0);
    const styles = everyHair.map((style) => count(hair({ hair: style })));
    const beards = everyBeard.map((style) => count(hair({ beard: style })));
    expect(Math.max(...styles) + Math.max(...beards)).toBeLessThanOrEqual(12_000);
  });

  test('is the same for the same stream and differs for another', () => {
    for (const style of ['short', 'wavy', 'dreadlocks', 'braids'] as const) {
      const traits = { hair: style, beard: 'full beard' } as const;
      expect(grow(traits, 4).map((p) => p.mesh)).toEqual(grow(traits, 4).map((p) => p.mesh));
      expect(grow(traits, 4)[0].mesh.positions).not.toEqual(grow(traits, 5)[0].mesh.positions);
    }
  });

  test('does not shift the beard, nor the beard the hair', () => {
    const beard = (style: Traits['hair']): Part | undefined =>
      hair({ hair: style, beard: 'goatee' }).find((part) => part.name === 'beard');
    expect(beard('short')?.mesh).toEqual(beard('long')?.mesh);
  });

  test('has a silhouette of its own in every style', () => {
    const shapes = everyHair.map((style) => reach(hair({ hair: style })));
    for (let i = 0; i < shapes.length; i++) {
      for (let j = 0; j < i; j++) {
        const apart = shapes[i].reduce((sum, r, k) => sum + Math.abs(r - shapes[j][k]), 0) / shapes[i].length;
        expect(apart, `${everyHair[i]} and ${everyHair[j]}`).toBeGreaterThan(0.012);
      }
    }
  });

  test('leaves eyes, nose and mouth free in every style and under every beard, also with an open mouth', () => {
    for (const expression of ['neutral', 'surprised'] as const) {
      const form = formOf(expression);
      const features = [form.places.eyeLeft, form.places.eyeRight, form.places.noseTip, form.places.mouth];
      for (const traits of [
        ...everyHair.map((style) => ({ hair: style })),
        ...everyBeard.map((style) => ({ beard: style })),
      ]) {
        const parts = hair({ ...traits, expression });
        for (const [x, y] of features) {
          expect(coversFrom(parts, x, y), `${JSON.stringify(traits)} ${expression} ${x} ${y}`).toBe(false);
        }
      }
    }
  });

  test('goes on under a hat without standing up through it', () => {
    const above = (style: Traits['hair'], headwear: Traits['headwear']): number => {
      const parts = hair({ hair: style, headwear });
      return parts.length === 0 ? 0 : bounds(parts).high[1] - formOf('neutral').places.crown[1];
    };
    for (const style of everyHair)
      expect(above(style, 'beanie'), `${style} under a beanie`).toBeLessThan(0.05);
    expect(above('mohawk', 'none')).toBeGreaterThan(0.3);
    expect(bounds(hair({ hair: 'long', headwear: 'beanie' })).low[1]).toBeLessThan(6.2);
    expect(hair({ hair: 'long', headwear: 'motorcycle helmet' })).toEqual([]);
  });

  test('is none for a bald head and for stubble, which is painted on the skin', () => {
    expect(hair({ hair: 'bald', beard: 'stubble' })).toEqual([]);
  });

  test('is as light as its color says', () => {
    const lightness = (color: Traits['hairColor']): number =>
      meanAlbedo(hair({ hair: 'long', hairColor: color })[0]);
    expect(lightness('white')).toBeGreaterThan(0.75);
    expect(lightness('blond')).toBeGreaterThan(0.45);
    expect(lightness('brown')).toBeLessThan(0.3);
    expect(lightness('black')).toBeLessThan(0.12);
  });
});

describe('a beard', () => {
  test('leaves the lips bare, shut and open', () => {
    for (const expression of ['neutral', 'surprised'] as const) {
      const form = formOf(expression);
      const lips = [...form.masks.lips.keys()].filter((v) => form.masks.lips[v] > 0.95 && v % 4 === 0);
      for (const beard of everyBeard) {
        const parts = hair({ beard, expression });
        const hidden = lips.filter((v) =>
          coversFrom(parts, form.positions[v * 3], form.positions[v * 3 + 1], form.positions[v * 3 + 2]),
        );
        // The corners of the mouth, where the hair of a mustache hangs down, may be hidden.
        expect(hidden.length / lips.length, `${beard} ${expression}`).toBeLessThan(0.15);
      }
    }
  });
});

/** Whether some triangle in front of depth `z` covers (x, y) as seen from straight ahead. */
function coversFrom(parts: readonly Part[], x: number, y: number, z = 0.6): boolean {
  for (const { mesh } of parts) {
    const p = mesh.positions;
    for (let t = 0; t < mesh.indices.length; t += 3) {
      const [a, b, c] = [mesh.indices[t] * 3, mesh.indices[t + 1] * 3, mesh.indices[t + 2] * 3];
      if (p[a + 2] < z) continue;
      const ab = (p[b] - p[a]) * (y - p[a + 1]) - (p[b + 1] - p[a + 1]) * (x - p[a]);
      const bc = (p[c] - p[b]) * (y - p[b + 1]) - (p[c + 1] - p[b + 1]) * (x - p[b]);
      const ca = (p[a] - p[c]) * (y - p[c + 1]) - (p[a + 1] - p[c + 1]) * (x - p[c]);
      if ((ab > 0 && bc > 0 && ca > 0) || (ab < 0 && bc < 0 && ca < 0)) return true;
    }
  }
  return false;
}

function meanAlbedo(part: Part): number {
  const channels = new Float32Array(part.channelCount);
  const count = part.mesh.positions.length / 3;
  let sum = 0;
  for (let v = 0; v < count; v++) {
    channels.set(part.channels.subarray(v * part.channelCount, (v + 1) * part.channelCount));
    const [x, y, z] = part.mesh.positions.subarray(v * 3, v * 3 + 3);
    const point = { ...createShadingPoint(channels), x, y, z };
    part.material.shade(point);
    sum += (point.red + point.green + point.blue) / 3;
  }
  return sum / count;
}
