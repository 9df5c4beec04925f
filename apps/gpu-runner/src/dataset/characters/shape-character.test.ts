import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createRandom } from '../../tensor/random.ts';
import { createBaseHead } from '../scene/base-head.ts';
import { earAt } from '../skin/regions.ts';
import { TRAITS, type Traits } from '../traits.ts';
import { shapeCharacter } from './shape-character.ts';

const MODELS = new URL('../../../../../models/head-template/', import.meta.url);
const base = createBaseHead(readFileSync(new URL('head-data.npz', MODELS)), {});
const HUMAN = {
  // TRAITS has at least one value for every name.
  ...(Object.fromEntries(Object.entries(TRAITS).map(([name, values]) => [name, values[0]])) as Traits),
};
const skin = new Set(base.indices.skin);
const CHARACTERS = TRAITS.character.filter((character) => character !== 'human');

function shaped(traits: Partial<Traits>, seed = 1): Float32Array {
  const positions = base.rest.slice();
  shapeCharacter(positions, base.rest, { ...HUMAN, ...traits }, createRandom(seed), base.indices.skin);
  return positions;
}

/** Mean distance between the vertices of two heads, decimeters. */
function difference(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 3)
    sum += Math.hypot(a[i] - b[i], a[i + 1] - b[i + 1], a[i + 2] - b[i + 2]);
  return (sum * 3) / a.length;
}

describe('shapeCharacter', () => {
  test('leaves a realistic human as it is', () => {
    expect(shaped({})).toEqual(base.rest);
  });

  test('gives every character and style a head of its own, within reach of the frame', () => {
    const heads = [
      ...CHARACTERS.map((character) => shaped({ character })),
      shaped({ style: 'cartoon' }),
      base.rest,
    ];
    for (const [i, head] of heads.entries()) {
      for (const other of heads.slice(i + 1)) expect(difference(head, other)).toBeGreaterThan(0.002);
      expect(head.every((value) => Number.isFinite(value) && value > -2.2 && value < 9.4)).toBe(true);
    }
  });

  test('is the same for a seed and another for another', () => {
    expect(shaped({ character: 'orc' }, 3)).toEqual(shaped({ character: 'orc' }, 3));
    expect(difference(shaped({ character: 'orc' }, 3), shaped({ character: 'orc' }, 4))).toBeGreaterThan(
      1e-4,
    );
  });

  test('keeps every eyeball an evenly scaled ellipsoid around one middle', () => {
    const ball = [...new Set(base.indices.eyes)].filter((v) => base.rest[3 * v] > 0);
    for (const character of CHARACTERS) {
      const head = shaped({ character });
      for (let k = 0; k < 3; k++) {
        // Along each axis the posed coordinate is one straight line over the rest coordinate.
        const rest = ball.map((v) => base.rest[3 * v + k]);
        const posed = ball.map((v) => head[3 * v + k]);
        const low = rest.indexOf(Math.min(...rest));
        const high = rest.indexOf(Math.max(...rest));
        const scale = (posed[high] - posed[low]) / (rest[high] - rest[low]);
        expect(scale).toBeGreaterThan(0.6);
        expect(scale).toBeLessThan(2);
        const off = ball.map((_, i) => Math.abs(posed[low] + scale * (rest[i] - rest[low]) - posed[i]));
        // Float32 of values below 10.
        expect(Math.max(...off)).toBeLessThan(1e-5);
      }
    }
  });

  test('is as symmetric as the head at rest', () => {
    const mirror = base.rest.slice();
    for (let i = 0; i < mirror.length; i += 3) mirror[i] = -mirror[i];
    for (const character of ['orc', 'goblin', 'alien', 'demon'] as const) {
      const direct = shaped({ character });
      const mirrored = mirror.slice();
      shapeCharacter(mirrored, mirror, { ...HUMAN, character }, createRandom(1), base.indices.skin);
      let worst = 0;
      for (let i = 0; i < direct.length; i += 3) {
        worst = Math.max(worst, Math.abs(mirrored[i] + direct[i]), Math.abs(mirrored[i + 1] - direct[i + 1]));
      }
      expect(worst).toBeLessThan(1e-5);
    }
  });

  test('spreads the ears over the skull where they sit elsewhere', () => {
    for (const character of ['cat', 'wolf', 'lion', 'skull'] as const) {
      const head = shaped({ character });
      const width = halfWidth(head);
      let farthest = 0;
      for (const vertex of skin) {
        const v = 3 * vertex;
        const [x, y, z] = base.rest.subarray(v, v + 3);
        if (earAt(x, y, z) < 0.5) continue;
        farthest = Math.max(farthest, Math.abs(head[v]) - width);
      }
      // No ear stands out beyond what the skull above it measures.
      expect(farthest).toBeLessThan(0.04);
    }
  });
});

/** Half width of a shaped head over its ears. */
function halfWidth(head: Float32Array): number {
  let widest = 0;
  for (const vertex of skin) {
    const v = 3 * vertex;
    if (base.rest[v + 1] > 7.45 && base.rest[v + 1] < 7.8) widest = Math.max(widest, Math.abs(head[v]));
  }
  return widest;
}
