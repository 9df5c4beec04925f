import { expect, test } from 'vitest';
import { createRandom } from '../../tensor/random.ts';
import type { Example } from '../example.ts';
import type { Defect } from './bad-words.ts';
import { BAD_WORDS, NEGATIVE_WORDS } from './bad-words.ts';
import { findSubject } from './find-subject.ts';
import { spoilExample } from './spoil-example.ts';
import { applyDefect, KINDS, spoil } from './spoil.ts';

const SIZE = 48;
const DEFECTS = Object.keys(KINDS) as Defect[];

/** A shaded disk with eyes and a brim on a background that varies softly: colors between 0.15 and 0.85. */
function drawPicture(normals = false): { image: Uint8Array; disk: Uint8Array } {
  const image = new Uint8Array(SIZE * SIZE * 3);
  const disk = new Uint8Array(SIZE * SIZE);
  for (let p = 0; p < SIZE * SIZE; p++) {
    const x = ((p % SIZE) + 0.5) / SIZE - 0.5;
    const y = Math.floor(p / SIZE) / SIZE - 0.5;
    // A head with a hat brim that reaches the rim.
    const inside = Math.hypot(x, y) < 0.36 || (Math.abs(y + 0.2) < 0.06 && x > 0);
    disk[p] = inside ? 1 : 0;
    const eye = Math.hypot(Math.abs(x) - 0.12, y + 0.05) < 0.05;
    const skin = eye ? [0.2, 0.3, 0.5] : [0.75 - x * 0.3, 0.55 - y * 0.3, 0.42];
    const spot = x * x + y * y;
    const back = normals ? [0, 0, 0] : [0.3 + 0.9 * spot, 0.5 + 0.2 * x, 0.6];
    for (let k = 0; k < 3; k++) image[p * 3 + k] = ((inside ? skin[k] : back[k]) ?? 0) * 255;
  }
  return { image, disk };
}

const photo = drawPicture();

function meanDifference(
  a: Uint8Array,
  b: Uint8Array,
  where: (pixel: number) => boolean = () => true,
): number {
  let [sum, count] = [0, 0];
  for (let i = 0; i < a.length; i++) {
    if (!where(Math.floor(i / 3))) continue;
    sum += Math.abs(a[i] - b[i]);
    count++;
  }
  return sum / count;
}

test('there are at least twelve kinds of bad photos and of bad normal maps', () => {
  expect(DEFECTS.filter((defect) => KINDS[defect].photos > 0).length).toBeGreaterThanOrEqual(12);
  expect(DEFECTS.filter((defect) => KINDS[defect].normals > 0).length).toBeGreaterThanOrEqual(12);
});

test.each(DEFECTS)('%s changes the head visibly and leaves the good picture alone', (defect) => {
  const good = photo.image.slice();
  const changes = Array.from({ length: 8 }, (_, seed) =>
    meanDifference(
      applyDefect(defect, photo.image, 'photo', createRandom(seed)),
      good,
      (p) => photo.disk[p] === 1,
    ),
  );
  expect(photo.image).toEqual(good);
  expect(Math.max(...changes)).toBeGreaterThan(4);
  // "just visible" differs from kind to kind, but nothing may stay as it was.
  expect(Math.min(...changes)).toBeGreaterThan(0.3);
});

test.each(DEFECTS)('%s keeps to the seed', (defect) => {
  const draw = (seed: number): Uint8Array => applyDefect(defect, photo.image, 'photo', createRandom(seed));
  expect(draw(4)).toEqual(draw(4));
});

test('a defect of the head alone leaves the background as it was', () => {
  const untouched = Array.from({ length: 12 }, (_, seed) =>
    meanDifference(
      applyDefect('unfinished', photo.image, 'photo', createRandom(seed)),
      photo.image,
      (p) => photo.disk[p] === 0,
    ),
  );
  expect(untouched.filter((change) => change < 0.5).length).toBeGreaterThan(9);
});

test.each([false, true])('the head is found on its background (normal map: %s)', (normals) => {
  const { image, disk } = drawPicture(normals);
  const found = findSubject(
    Float32Array.from(image, (byte) => byte / 255),
    SIZE,
    normals ? 'normals' : 'photo',
  );
  const wrong = found.filter((value, p) => value !== disk[p]).length;
  expect(wrong / found.length).toBeLessThan(0.01);
});

test('kinds occur as often as their table says, and one defect in five brings another', () => {
  const drawn = new Map<string, number>();
  let two = 0;
  const small = photo.image.subarray(0, 12 * 12 * 3);
  const count = 1500;
  for (let seed = 0; seed < count; seed++) {
    const { defect, words } = spoil(small, { kind: 'photo', view: 'front' }, createRandom(seed));
    drawn.set(defect, (drawn.get(defect) ?? 0) + 1);
    if (words.split(', ').length > 1) two++;
  }
  const total = DEFECTS.reduce((sum, defect) => sum + KINDS[defect].photos, 0);
  // Three standard deviations of the commonest kind's share are below 0.03.
  const off = DEFECTS.filter(
    (defect) => Math.abs((drawn.get(defect) ?? 0) / count - KINDS[defect].photos / total) > 0.03,
  );
  expect(off).toEqual([]);
  expect(DEFECTS.filter((defect) => (drawn.get(defect) ?? 0) < 10)).toEqual([]);
  expect(two / count).toBeCloseTo(0.21, 1);
});

test('no second face is put on the back of a head, and no hue of light on a normal map', () => {
  for (let seed = 0; seed < 300; seed++) {
    const { words, defect } = spoil(
      photo.image.subarray(0, 300),
      { kind: 'normals', view: 'back' },
      createRandom(seed),
    );
    expect(words).not.toContain('two faces');
    expect(KINDS[defect].normals).toBeGreaterThan(0);
  }
});

test('a spoiled example says what is wrong and keeps landmarks, traits and view', () => {
  const good = {
    image: photo.image,
    landmarks: photo.image,
    caption: 'an orc, side view',
    kind: 'photo',
    view: 'side',
    azimuthRad: 1,
    identity: 3,
    traits: {},
    defect: null,
  } as unknown as Example;
  const bad = spoilExample(good, createRandom(2));
  expect(bad).toMatchObject({ view: 'side', identity: 3, azimuthRad: 1, kind: 'photo' });
  expect(bad.landmarks).toBe(good.landmarks);
  expect(DEFECTS).toContain(bad.defect);
  expect(bad.caption).toContain(', low quality');
});

test('the words of the negative prompt are words of bad captions', () => {
  const said = new Set<string>(Object.values(BAD_WORDS).flat());
  expect(NEGATIVE_WORDS.filter((words) => words !== 'low quality' && !said.has(words))).toEqual([]);
});
