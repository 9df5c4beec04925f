import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createRandom } from '../../tensor/random.ts';
import { createBaseHead } from '../scene/base-head.ts';
import { createHeadMorpher } from '../scene/morph-head.ts';
import { TRAITS, type Traits } from '../traits.ts';
import { surfaceAt } from './surface-at.ts';

const MODELS = new URL('../../../../../models/head-template/', import.meta.url);
const morpher = createHeadMorpher(createBaseHead(readFileSync(new URL('head-data.npz', MODELS)), {}));

test('finds what a search through all skin vertices finds', () => {
  // TRAITS has at least one value for every name.
  const human = Object.fromEntries(
    Object.entries(TRAITS).map(([name, values]) => [name, values[0]]),
  ) as Traits;
  const form = morpher.morph(human, createRandom(1));
  const random = createRandom(2);
  for (let i = 0; i < 40; i++) {
    const place = [random.between(-1.5, 1.5), random.between(5, 9.5), random.between(-1, 2.5)] as const;
    let best = 0;
    let nearest = Infinity;
    for (const v of form.indices.skin) {
      const distance = Math.hypot(...place.map((value, k) => value - form.rest[3 * v + k]));
      if (distance < nearest) {
        nearest = distance;
        best = v;
      }
    }
    const found = surfaceAt(form, ...place);
    expect(found.at).toEqual([...form.positions.subarray(3 * best, 3 * best + 3)]);
    expect(found.normal).toEqual([...form.normals.subarray(3 * best, 3 * best + 3)]);
  }
});
