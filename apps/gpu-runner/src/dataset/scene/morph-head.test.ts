import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createRandom } from '../../tensor/random.ts';
import type { HeadForm } from '../head-form.ts';
import { TRAITS, type TraitName, type Traits } from '../traits.ts';
import { createBaseHead } from './base-head.ts';
import { headFrame } from './head-frame.ts';
import { createHeadMorpher } from './morph-head.ts';

const MODELS = new URL('../../../../../models/head-template/', import.meta.url);
const base = createBaseHead(readFileSync(new URL('head-data.npz', MODELS)), {});
const morpher = createHeadMorpher(base);
const SEEN = new Set([...base.indices.skin, ...base.indices.eyes, ...base.indices.tongue]);
const PLAIN = {
  // TRAITS has at least one value for every name.
  ...(Object.fromEntries(Object.entries(TRAITS).map(([name, values]) => [name, values[0]])) as Traits),
  age: 'young',
} as const;

function head(traits: Partial<Traits>, seed = 1): HeadForm {
  return morpher.morph({ ...PLAIN, ...traits }, createRandom(seed));
}

/** Greatest distance, decimeters, between the same skin and eye vertices of two heads. */
function apart(a: HeadForm, b: HeadForm): number {
  let most = 0;
  for (const v of SEEN) {
    const x = a.positions[v * 3] - b.positions[v * 3];
    const y = a.positions[v * 3 + 1] - b.positions[v * 3 + 1];
    const z = a.positions[v * 3 + 2] - b.positions[v * 3 + 2];
    most = Math.max(most, Math.hypot(x, y, z));
  }
  return most;
}

describe('a morphed head', () => {
  test('is the same for the same seed and another for another', () => {
    expect(head({}, 4).positions).toEqual(head({}, 4).positions);
    expect(apart(head({}, 4), head({}, 5))).toBeGreaterThan(0.03);
  });

  test.each([
    'gender',
    'age',
    'origin',
    'build',
    'faceShape',
    'feature',
    'expression',
    'gaze',
  ] satisfies TraitName[])('shows every value of %s', (name) => {
    const heads = TRAITS[name].map((value) => head({ [name]: value }));
    for (let i = 0; i < heads.length; i++) {
      for (let j = 0; j < i; j++) {
        // 4 mm: a pixel and more of a picture of 256, where a head is 230 mm high and 146 pixels.
        expect(apart(heads[i], heads[j]), `${TRAITS[name][i]} and ${TRAITS[name][j]}`).toBeGreaterThan(0.04);
      }
    }
  });

  test('is finite and as high as every other, from child to very old, where the teacher looks', () => {
    for (const [n, age] of TRAITS.age.entries()) {
      const form = head({ age, build: TRAITS.build[n % 4], gender: TRAITS.gender[n % 2] }, n);
      expect(form.positions.every(Number.isFinite)).toBe(true);
      expect(form.normals.every(Number.isFinite)).toBe(true);
      const frame = headFrame(form.positions, base);
      expect(frame.height).toBeCloseTo(morpher.frame.height, 4);
      expect(frame.middleY).toBeCloseTo(morpher.frame.middleY, 4);
      expect(frame.middleZ).toBeCloseTo(morpher.frame.middleZ, 4);
    }
  });

  test('opens the mouth without lifting the skull', () => {
    const [closed, open] = [head({}), head({ expression: 'open mouth' })];
    expect(open.places.chin[1]).toBeLessThan(closed.places.chin[1] - 0.08);
    expect(open.places.crown).toEqual(closed.places.crown);
  });

  test('turns the eyes in place: toward what it looks at, without leaving their sockets', () => {
    const ahead = head({});
    const left = head({ gaze: 'left' });
    for (let k = 0; k < 3; k++) expect(left.places.eyeLeft[k]).toBeCloseTo(ahead.places.eyeLeft[k], 5);
    const away = ({ positions, places: { eyeLeft } }: HeadForm, v: number): number =>
      Math.hypot(...eyeLeft.map((center, k) => positions[v * 3 + k] - center));
    for (const v of ahead.indices.eyes) {
      if (ahead.positions[v * 3] > 0) expect(away(left, v)).toBeCloseTo(away(ahead, v), 4);
    }
    const front = ahead.indices.eyes.reduce((best, v) =>
      ahead.positions[v * 3] > 0 && ahead.positions[v * 3 + 2] > ahead.positions[best * 3 + 2] ? v : best,
    );
    // The front of the left eye goes to the subject's left, +x.
    expect(left.positions[front * 3]).toBeGreaterThan(ahead.positions[front * 3] + 0.03);
  });

  test('knows its places', () => {
    for (const { places } of [head({}), head({ age: 'child', gender: 'female' })]) {
      expect(places.crown[1]).toBeGreaterThan(8.3);
      expect(places.chin[1]).toBeLessThan(6.3);
      expect(places.noseTip[2]).toBeGreaterThan(places.mouth[2] - 0.02);
      expect(places.eyeLeft[0]).toBeGreaterThan(0.2);
      expect(places.eyeRight[0]).toBeLessThan(-0.2);
      expect(places.earLeft[0]).toBeGreaterThan(0.6);
      expect(places.earRight[0]).toBeLessThan(-0.6);
      expect(places.mouth[1]).toBeLessThan(places.noseTip[1]);
      expect(places.mouth[1]).toBeGreaterThan(places.chin[1]);
    }
  });
});
