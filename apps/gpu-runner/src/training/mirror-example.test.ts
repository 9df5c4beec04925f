import { describe, expect, test } from 'vitest';
import type { StoredExample } from '../dataset/shards/dataset-files.ts';
import type { LandmarkPalette } from '../dataset/shards/landmark-palette.ts';
import { mayMirror, mirroredLandmarks, writeLandmarkPlanes, writePlanes } from './mirror-example.ts';

const SIZE = 2;
const planes = (picture: Uint8Array, mirrored: false | 'photo' | 'normals'): number[] => {
  const out = new Float32Array(3 * SIZE * SIZE);
  writePlanes(picture, SIZE, mirrored, out);
  return Array.from(out);
};

describe('writePlanes', () => {
  test('turns bytes into planes in [−1, 1], mirrored from left to right', () => {
    const picture = Uint8Array.of(0, 255, 0, 255, 0, 0, 0, 0, 255, 255, 255, 255);
    expect(planes(picture, false)).toEqual([-1, 1, -1, 1, 1, -1, -1, 1, -1, -1, 1, 1]);
    expect(planes(picture, 'photo')).toEqual([1, -1, 1, -1, -1, 1, 1, -1, -1, -1, 1, 1]);
  });

  // Coverage by which an antialiased edge darkens the color, and the normal.
  test.each([
    [1, [0.6, 0, 0.8]],
    [1, [0, 0, 1]],
    [1, [-0.8, 0.6, 0]],
    [0.5, [0.6, 0, 0.8]],
    [0.5, [-0.6, 0.64, 0.48]],
  ])('turns the x of a normal around at coverage %d of %j', (coverage, [x, y, z]) => {
    const color = [x, y, z].map((n) => Math.round(255 * coverage * ((n + 1) / 2)));
    const picture = Uint8Array.from([...color, ...color, ...color, ...color]);
    const [red] = planes(picture, 'normals');
    // One byte of rounding in three colors moves the coverage by a few.
    expect(Math.abs(127.5 * (red + 1) - 255 * coverage * ((1 - x) / 2))).toBeLessThan(6);
  });

  test('leaves the black around a normal map black', () => {
    expect(planes(new Uint8Array(12), 'normals')).toEqual(Array(12).fill(-1));
  });
});

test('a caption that names a side is not mirrored, nor a spoiled normal map', () => {
  const example = (caption: string, kind: StoredExample['kind'], defect: string | null) =>
    // What mayMirror reads of an example.
    mayMirror({ caption, kind, defect } as StoredExample);
  expect(example('a man with a leftover beard', 'photo', null)).toBe(true);
  expect(example('a man looking left', 'photo', null)).toBe(false);
  expect(example('a man, blurry', 'photo', 'blur')).toBe(true);
  expect(example('a man, blurry', 'normals', 'blur')).toBe(false);
});

describe('landmarks', () => {
  const palette: LandmarkPalette = [
    [10, 200, 180],
    [180, 200, 10],
    [10, 200, 10],
  ];

  test("of the subject's two sides change places in the mirror", () => {
    expect([...mirroredLandmarks(palette)]).toEqual([0, 2, 1, 3]);
    const out = new Float32Array(12);
    writeLandmarkPlanes(Uint8Array.of(1, 0, 0, 3), SIZE, palette, mirroredLandmarks(palette), out);
    const bytes = Array.from(out, (v) => Math.round(255 * v));
    expect(bytes).toEqual([0, 180, 10, 0, 0, 200, 200, 0, 0, 10, 10, 0]);
  });
});
