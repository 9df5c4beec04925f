import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createRandom } from '../../tensor/random.ts';
import type { HeadForm } from '../head-form.ts';
import type { Part } from '../part.ts';
import { createBaseHead } from '../scene/base-head.ts';
import { createHeadMorpher } from '../scene/morph-head.ts';
import { TRAITS, type Traits } from '../traits.ts';
import { buildCharacter } from './build-character.ts';

const MODELS = new URL('../../../../../models/head-template/', import.meta.url);
const morpher = createHeadMorpher(createBaseHead(readFileSync(new URL('head-data.npz', MODELS)), {}));
const HUMAN = {
  // TRAITS has at least one value for every name.
  ...(Object.fromEntries(Object.entries(TRAITS).map(([name, values]) => [name, values[0]])) as Traits),
};
const forms = new Map<string, HeadForm>();

function build(traits: Partial<Traits>, seed = 1): Part[] {
  const whole = { ...HUMAN, ...traits };
  const form = forms.get(whole.character) ?? morpher.morph(whole, createRandom(2));
  forms.set(whole.character, form);
  return buildCharacter(form, whole, createRandom(seed));
}

const names = (parts: readonly Part[]): string[] => parts.map(({ name }) => name);

/** Volume inside a part's surface: positive where triangles are counterclockwise seen from outside. */
function volume({ mesh: { positions: p, indices } }: Part): number {
  let sum = 0;
  for (let t = 0; t < indices.length; t += 3) {
    const [a, b, c] = [indices[t] * 3, indices[t + 1] * 3, indices[t + 2] * 3];
    // About a point within the head, so that open ends weigh little.
    const q = (o: number, k: number): number => p[o + k] - [0, 7.3, 0.5][k];
    sum +=
      q(a, 0) * (q(b, 1) * q(c, 2) - q(b, 2) * q(c, 1)) +
      q(a, 1) * (q(b, 2) * q(c, 0) - q(b, 0) * q(c, 2)) +
      q(a, 2) * (q(b, 0) * q(c, 1) - q(b, 1) * q(c, 0));
  }
  return sum / 6;
}

describe('buildCharacter', () => {
  test.each([
    ['human', []],
    ['elf', []],
    ['orc', ['tusks']],
    ['goblin', ['tusks']],
    ['vampire', ['fangs']],
    ['demon', ['nubs']],
    ['alien', ['antennae', 'bulbs']],
    ['gray alien', ['eyes']],
    ['clown', ['nose', 'tufts']],
    ['robot', ['fittings', 'rubber', 'lamps']],
    ['cat', ['nose', 'whiskers', 'ears', 'tufts']],
    ['wolf', ['nose', 'whiskers', 'ears', 'tufts']],
    ['lion', ['nose', 'whiskers', 'ears', 'mane', 'mane locks']],
  ] as const)('%s has %j', (character, expected) => {
    expect(names(build({ character }))).toEqual(expected);
  });

  test('builds sound meshes near the head, within the budget of triangles, outside out', () => {
    for (const character of TRAITS.character) {
      const parts = build({ character });
      let triangles = 0;
      for (const part of parts) {
        const { positions, indices } = part.mesh;
        triangles += indices.length / 3;
        const count = positions.length / 3;
        expect(part.channels.length).toBe(count * part.channelCount);
        expect(indices.every((v) => v < count)).toBe(true);
        expect(positions.every((value) => Number.isFinite(value))).toBe(true);
        let farthest = 0;
        for (let v = 0; v < positions.length; v += 3) {
          const [x, y, z] = positions.subarray(v, v + 3);
          farthest = Math.max(farthest, Math.hypot(x, y - 7.3, z - 0.5));
        }
        expect(farthest).toBeLessThan(2.6);
        expect(volume(part), `${character}: ${part.name}`).toBeGreaterThan(0);
      }
      expect(triangles).toBeLessThanOrEqual(6500);
    }
  });

  test('is the same for a seed and another for another', () => {
    const bytes = (seed: number) => build({ character: 'lion' }, seed).map(({ mesh }) => mesh.positions);
    expect(bytes(5)).toEqual(bytes(5));
    expect(bytes(5)).not.toEqual(bytes(6));
  });

  test('makes room for hats, horns, masks and glasses', () => {
    expect(names(build({ character: 'cat', headwear: 'hood' }))).not.toContain('ears');
    expect(names(build({ character: 'alien', headwear: 'top hat' }))).toEqual([]);
    expect(names(build({ character: 'demon', headwear: 'horns' }))).toEqual([]);
    expect(names(build({ character: 'orc', mask: 'gas mask' }))).toEqual([]);
    expect(names(build({ character: 'gray alien', eyewear: 'sunglasses' }))).toEqual([]);
    expect(names(build({ character: 'clown', hair: 'afro' }))).toEqual(['nose']);
  });

  test('puts ears on top, tusks at the mouth and the nose before the face', () => {
    const { places } = forms.get('cat') ?? morpher.morph({ ...HUMAN, character: 'cat' }, createRandom(2));
    const cat = build({ character: 'cat' });
    const highest = (part: Part): number =>
      part.mesh.positions.reduce((most, value, i) => (i % 3 === 1 ? Math.max(most, value) : most), 0);
    expect(highest(cat[2])).toBeGreaterThan(places.crown[1] + 0.15);
    const [tusks] = build({ character: 'orc' });
    const mouth = forms.get('orc')?.places.mouth ?? [0, 0, 0];
    expect(Math.abs(highest(tusks) - mouth[1])).toBeLessThan(0.45);
  });
});
