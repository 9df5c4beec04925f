import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createRandom } from '../../tensor/random.ts';
import type { Example } from '../example.ts';
import { TRAITS, type Traits } from '../traits.ts';
import { type DatasetInfo, datasetPath, shardPaths } from './dataset-files.ts';
import { openDataset } from './open-dataset.ts';
import { writeShard } from './write-shard.ts';

const SIZE = 4;
const info: DatasetInfo = {
  format: 'headwright-dataset/1',
  seed: 1,
  identities: 3,
  viewsPerIdentity: 2,
  imageSize: SIZE,
  badShare: 0,
  evenShare: 0,
  renders: null,
  identitiesPerShard: 2,
  palette: [
    [10, 200, 10],
    [250, 200, 10],
  ],
};
const traits = Object.fromEntries(Object.entries(TRAITS).map(([name, [value]]) => [name, value])) as Traits;

function example(identity: number, view: number): Example {
  const random = createRandom(identity * 10 + view);
  const colors = [[0, 0, 0], ...info.palette];
  return {
    image: Uint8Array.from({ length: SIZE * SIZE * 3 }, () => random.integer(0, 255)),
    landmarks: Uint8Array.from(
      Array.from({ length: SIZE * SIZE }, () => colors[random.integer(0, 2)]).flat(),
    ),
    caption: `head ${identity}, “${view}”`,
    kind: view === 0 ? 'photo' : 'normals',
    view: 'front',
    azimuthRad: 0.1 * view,
    identity,
    traits,
    defect: view === 1 ? 'blur' : null,
  };
}

const shardExamples = [
  [example(0, 0), example(0, 1), example(1, 0), example(1, 1)],
  [example(2, 0), example(2, 1)],
];

let directory = '';
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'dataset-'));
  writeFileSync(datasetPath(directory), JSON.stringify(info));
  for (const [k, examples] of shardExamples.entries()) await writeShard(directory, k, info, examples);
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});

test('every picture comes back with its landmarks and all that is known of it', () => {
  const dataset = openDataset(directory);
  const expected = shardExamples.flat();
  expect(dataset.info).toEqual(info);
  expect(dataset.examples).toHaveLength(expected.length);
  // From the last to the first: no read depends on the one before.
  for (let n = expected.length - 1; n >= 0; n--) {
    const { image, landmarks, ...rest } = expected[n];
    expect(dataset.examples[n]).toEqual(rest);
    expect(dataset.image(n)).toEqual(image);
    expect(dataset.landmarks(n)).toEqual(landmarks);
  }
  dataset.close();
});

test('a closed data set and a number past the end are refused', () => {
  const dataset = openDataset(directory);
  expect(() => dataset.image(6)).toThrow('expected an open picture below 6, got 6');
  dataset.close();
  expect(() => dataset.image(0)).toThrow('expected an open picture');
});

test('a missing shard is refused, and left out on request', () => {
  rmSync(shardPaths(directory, 0).tensors);
  expect(() => openDataset(directory)).toThrow(
    'shard-00000.safetensors: expected a rendered shard, got none',
  );
  const dataset = openDataset(directory, { unfinished: true });
  expect(dataset.examples.map(({ identity }) => identity)).toEqual([2, 2]);
  expect(dataset.image(1)).toEqual(shardExamples[1][1].image);
  dataset.close();
});

describe('a broken data set is refused by file and field:', () => {
  const rewrite = (path: string, change: (text: string) => string): void =>
    writeFileSync(path, change(readFileSync(path, 'utf8')));

  test('an unknown format', () => {
    rewrite(datasetPath(directory), (text) => text.replace('dataset/1', 'dataset/9'));
    expect(() => openDataset(directory)).toThrow(/dataset\.json: \/format/);
  });

  test('a trait value that nobody draws', () => {
    rewrite(shardPaths(directory, 1).index, (text) => text.replace('"human"', '"teapot"'));
    expect(() => openDataset(directory)).toThrow(/shard-00001\.json: \/examples\/0\/traits\/character/);
  });

  test('fewer descriptions than pictures', () => {
    const { index } = shardPaths(directory, 1);
    const { examples } = JSON.parse(readFileSync(index, 'utf8')) as { examples: unknown[] };
    writeFileSync(index, JSON.stringify({ examples: examples.slice(1) }));
    expect(() => openDataset(directory)).toThrow(/images: expected U8 \[1,4,4,3\], got U8 \[2,4,4,3\]/);
  });

  test('tensors that were cut short', () => {
    truncateSync(shardPaths(directory, 0).tensors, 300);
    expect(() => openDataset(directory)).toThrow(/expected \d+ bytes inside/);
  });
});

test('a landmark color outside the palette is not written', async () => {
  const odd = { ...example(0, 0), landmarks: new Uint8Array(SIZE * SIZE * 3).fill(9) };
  await expect(writeShard(directory, 0, info, [odd])).rejects.toThrow(
    'landmarkIndices: expected a color of the palette, got #090909',
  );
});
