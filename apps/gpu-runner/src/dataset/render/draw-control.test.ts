import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { TeacherManifest } from '../../teacher/teacher-manifest.ts';
import { createRandom } from '../../tensor/random.ts';
import { landmarksOf } from './draw-control.ts';
import { createStudio, type Shot, studioCamera } from '../render-identity.ts';
import { studioInputs } from '../studio-inputs.ts';
import { TRAITS, type Traits } from '../traits.ts';

const MODELS = new URL('../../../../../models/', import.meta.url);
const json = (path: string): unknown => JSON.parse(readFileSync(new URL(path, MODELS), 'utf8'));
const manifest = TeacherManifest.parse(json('starter/teacher.json'));
const headData = readFileSync(new URL('head-template/head-data.npz', MODELS));
const inputs = studioInputs(headData, json('head-template/landmarks.json'), manifest);
const studio = createStudio(inputs);
const SIZE = 128;

// TRAITS has at least one value for every name.
const PLAIN = Object.fromEntries(Object.entries(TRAITS).map(([name, values]) => [name, values[0]])) as Traits;

function landmarksAt(azimuthRad: number, traits: Partial<Traits> = {}): Uint8Array {
  const light = { sky: [1, 1, 1], ground: [1, 1, 1], lamps: [], rim: 0, gloss: 0, occlusion: 0 } as const;
  const background = { from: [0, 0, 0], to: [0, 0, 0], kind: 'linear', x: 0, y: 0 } as const;
  const shot: Shot = { kind: 'normals', camera: studioCamera(inputs.framing, azimuthRad), light, background };
  return studio.renderTraits({ ...PLAIN, age: 'young', ...traits }, createRandom(3), [shot], SIZE)[0]
    .landmarks;
}

/** Middle of the pixels of a chain's color, and how many there are. */
function chain(picture: Uint8Array, name: string): { x: number; y: number; count: number } {
  const color = z.array(z.number()).parse(manifest.landmarks.chains.find((c) => c.name === name)?.color);
  const sum = { x: 0, y: 0, count: 0 };
  for (let p = 0; p < SIZE * SIZE; p++) {
    if (color.some((value, k) => picture[p * 3 + k] !== value)) continue;
    sum.x += p % SIZE;
    sum.y += Math.floor(p / SIZE);
    sum.count++;
  }
  return { x: sum.x / sum.count, y: sum.y / sum.count, count: sum.count };
}

describe('landmarksOf', () => {
  test('takes places in head heights and normals of a chain’s vertices, in the style’s order', () => {
    const form = {
      positions: Float32Array.of(9, 9, 9, 2, 8, 3, 0, 7, 1),
      normals: Float32Array.of(0, 0, 1, 1, 0, 0, 0, 1, 0),
    };
    const chains = new Map([
      ['a', Uint32Array.of(1)],
      ['b', Uint32Array.of(2, 1)],
    ]);
    const chain = (name: string) => ({ name, kind: 'open', color: [1, 2, 3] }) as const;
    const found = landmarksOf(form, { height: 2, middleY: 7, middleZ: 1 }, chains, {
      chains: [chain('b'), chain('a')],
    });
    expect([...found.positions]).toEqual([0, 0, 0, 1, 0.5, 1, 1, 0.5, 1]);
    expect([...found.normals]).toEqual([0, 1, 0, 1, 0, 0, 1, 0, 0]);
    expect(found.chainStarts).toEqual([0, 2, 3]);
    expect(() =>
      landmarksOf(form, { height: 2, middleY: 7, middleZ: 1 }, chains, { chains: [chain('c')] }),
    ).toThrow('c');
  });
});

describe('the landmark picture', () => {
  test('shows every chain of the manifest from the front, the subject’s left eye to the right, in its colors alone', () => {
    const picture = landmarksAt(0);
    const counts = manifest.landmarks.chains.map(({ name }) => chain(picture, name).count);
    expect(Math.min(...counts)).toBeGreaterThan(2);
    const lit = Array.from({ length: SIZE * SIZE }, (_, p) => p).filter((p) => picture[p * 3] > 0).length;
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(lit);
    expect(chain(picture, 'eyeL').x).toBeGreaterThan(chain(picture, 'eyeR').x + 10);
    expect(chain(picture, 'browL').y).toBeLessThan(chain(picture, 'eyeL').y);
    expect(chain(picture, 'lips_out').y).toBeGreaterThan(chain(picture, 'eyeL').y + 10);
  });

  test('is black from behind and lacks the far eye from the side', () => {
    expect(landmarksAt(Math.PI).every((value) => value === 0)).toBe(true);
    const fromLeft = landmarksAt(1.4);
    expect(chain(fromLeft, 'eyeL').count).toBeGreaterThan(2);
    expect(chain(fromLeft, 'eyeR').count).toBe(0);
  });

  test('follows the face: an open mouth is lower, eyes that look aside move their dots', () => {
    const neutral = landmarksAt(0);
    expect(chain(landmarksAt(0, { expression: 'open mouth' }), 'lips_out').count).toBeGreaterThan(
      chain(neutral, 'lips_out').count + 5,
    );
    expect(chain(landmarksAt(0, { gaze: 'left' }), 'irisL').x).toBeGreaterThan(chain(neutral, 'irisL').x);
  });
});
