import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { TeacherManifest } from '../teacher/teacher-manifest.ts';
import { createStudio } from './render-identity.ts';
import { studioInputs } from './studio-inputs.ts';

const MODELS = new URL('../../../../models/', import.meta.url);
const json = (path: string): unknown => JSON.parse(readFileSync(new URL(path, MODELS), 'utf8'));
const manifest = TeacherManifest.parse(json('starter/teacher.json'));
const inputsFor = (framing: TeacherManifest['framing']) =>
  studioInputs(
    readFileSync(new URL('head-template/head-data.npz', MODELS)),
    json('head-template/landmarks.json'),
    { ...manifest, framing },
  );
const inputs = inputsFor(manifest.framing);
const studio = createStudio(inputs);
const SIZE = 64;

describe('an identity of the data set', () => {
  test('is the same bytes for the same seed, whatever was rendered before it', () => {
    const once = studio.renderIdentity(5, 17, { views: 3, imageSize: SIZE, evenShare: 0 });
    studio.renderIdentity(5, 18, { views: 2, imageSize: SIZE, evenShare: 0 });
    expect(createStudio(inputs).renderIdentity(5, 17, { views: 3, imageSize: SIZE, evenShare: 0 })).toEqual(
      once,
    );
    expect(studio.renderIdentity(6, 17, { views: 3, imageSize: SIZE, evenShare: 0 })).not.toEqual(once);
  });

  test('is one person from many sides: half of the views in front, both kinds of picture, honest view words', () => {
    const examples = Array.from({ length: 20 }, (_, n) =>
      studio.renderIdentity(1, n, { views: 8, imageSize: 16, evenShare: 0 }),
    ).flat();
    for (const { view, azimuthRad, identity, traits } of examples) {
      const degrees = Math.abs(azimuthRad) * (180 / Math.PI);
      expect(view).toBe(degrees < 45 ? 'front' : degrees > 135 ? 'back' : 'side');
      expect(traits).toBe(examples.find((other) => other.identity === identity)?.traits);
    }
    const share = (wanted: (e: (typeof examples)[number]) => boolean): number =>
      examples.filter(wanted).length / examples.length;
    // 160 draws: ±0.12 is three standard deviations.
    expect(Math.abs(share((e) => e.kind === 'photo') - 0.62)).toBeLessThan(0.12);
    // Half of the views within 45° of 40°-spread ones (74 %), the others uniform (25 %).
    expect(Math.abs(share((e) => e.view === 'front') - 0.5)).toBeLessThan(0.12);
    expect(Math.abs(share((e) => e.view === 'back') - 0.125)).toBeLessThan(0.09);
  });

  test('fills its pictures: a head in the middle, normals on black, photos on their background', () => {
    const { closeUp: _, ...whole } = manifest.framing;
    const fromAfar = createStudio(inputsFor(whole));
    for (const { image, kind } of Array.from({ length: 6 }, (_, n) =>
      fromAfar.renderIdentity(2, n, { views: 3, imageSize: SIZE, evenShare: 0 }),
    ).flat()) {
      const pixel = (x: number, y: number): number[] =>
        Array.from(image.subarray((y * SIZE + x) * 3, (y * SIZE + x) * 3 + 3));
      if (kind === 'normals') expect(pixel(0, 0)).toEqual([0, 0, 0]);
      const middle = pixel(SIZE / 2, SIZE / 2);
      expect(middle).not.toEqual(pixel(0, 0));
      if (kind === 'normals') {
        const length = Math.hypot(...middle.map((value) => value / 127.5 - 1));
        // Four samples are averaged; on a smooth spot that hardly shortens a normal.
        expect(length).toBeGreaterThan(0.6);
        expect(length).toBeLessThan(1.02);
      }
    }
  });
});
