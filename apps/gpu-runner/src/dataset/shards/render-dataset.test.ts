import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MODELS_DIRECTORY } from '../../env.ts';
import { parseJsonFile } from '../../teacher/checked-files.ts';
import { TeacherManifest } from '../../teacher/teacher-manifest.ts';
import type { DatasetInfo } from './dataset-files.ts';
import { openDataset } from './open-dataset.ts';
import { renderDataset } from './render-dataset.ts';

const { landmarks } = parseJsonFile(TeacherManifest, `${MODELS_DIRECTORY}/starter/teacher.json`);
const info: DatasetInfo = {
  format: 'headwright-dataset/1',
  seed: 7,
  identities: 3,
  viewsPerIdentity: 2,
  imageSize: 32,
  badShare: 0.4,
  evenShare: 0,
  renders: null,
  identitiesPerShard: 2,
  palette: landmarks.chains.map(({ color }) => color),
};

let root = '';
let base = '';
let otherSeed = '';
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'render-'));
  base = await render('base');
  otherSeed = await render('other-seed', { seed: 8 });
}, 60_000);
afterAll(() => {
  rmSync(root, { recursive: true });
});

async function render(
  name: string,
  changes: Partial<DatasetInfo> = {},
  workers = 1,
  rendersDirectory: string | null = null,
): Promise<string> {
  const directory = join(root, name);
  await renderDataset({
    directory,
    info: { ...info, ...changes },
    sources: {
      headTemplateDirectory: `${MODELS_DIRECTORY}/head-template`,
      teacherDirectory: `${MODELS_DIRECTORY}/starter`,
      rendersDirectory,
    },
    workers,
  });
  return directory;
}

/** All files of a folder, by name, as hexadecimal text. */
function contentOf(directory: string): Record<string, string> {
  const names = readdirSync(directory).sort();
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(directory, name), 'hex')]));
}

describe('renderDataset', () => {
  test('gives the same bytes on one thread and on two, and other bytes for another seed', async () => {
    const first = contentOf(base);
    expect(Object.keys(first)).toEqual([
      'dataset.json',
      'shard-00000.json',
      'shard-00000.safetensors',
      'shard-00001.json',
      'shard-00001.safetensors',
    ]);
    expect(contentOf(await render('two', {}, 2))).toEqual(first);
    const other = contentOf(otherSeed);
    expect(other['shard-00000.safetensors']).not.toBe(first['shard-00000.safetensors']);
  });

  test('can be given more identities later, as if they had been asked for at once', async () => {
    const grown = await render('grown', { identities: 1 });
    await render('grown', { identities: 3 });
    expect(contentOf(grown)).toEqual(contentOf(base));
  });

  test('holds good pictures of every person and bad ones that say what is wrong', async () => {
    const dataset = openDataset(base);
    for (const identity of [0, 1, 2]) {
      const own = dataset.examples.filter((example) => example.identity === identity);
      expect(own.filter(({ defect }) => defect === null)).toHaveLength(2);
      expect(own.slice(2).every(({ defect }) => defect !== null)).toBe(true);
    }
    expect(dataset.examples.some(({ defect }) => defect !== null)).toBe(true);
    const pictures = new Set(dataset.examples.map((_, n) => Buffer.from(dataset.image(n)).toString('hex')));
    expect(pictures.size).toBe(dataset.examples.length);
    expect(dataset.examples.some((_, n) => dataset.landmarks(n).some((value) => value > 0))).toBe(true);
    dataset.close();
  });

  test('takes some of its bad pictures from unfinished heads, under the number of the person', async () => {
    const source = openDataset(otherSeed);
    const foreign = new Set(source.examples.map((_, n) => Buffer.from(source.image(n)).toString('hex')));
    source.close();
    const dataset = openDataset(await render('with-renders', { badShare: 0.9 }, 2, otherSeed));
    const taken = dataset.examples.filter((_, n) =>
      foreign.has(Buffer.from(dataset.image(n)).toString('hex')),
    );
    // 15 % of 54 bad pictures; fewer than 1 or more than 24 once in 5000 or less.
    expect(taken.length).toBeGreaterThan(0);
    expect(taken.length).toBeLessThan(25);
    const identities = dataset.examples.map(({ identity }) => identity);
    expect(identities).toEqual(identities.toSorted((a, b) => a - b));
    dataset.close();
  });

  test('refuses the folder of another data set and one that holds something else', async () => {
    await expect(render('base', { seed: 9 })).rejects.toThrow('seed: expected 9, got 7');
    await expect(render('base', { identities: 2 })).rejects.toThrow('expected at most 2 identities, got 3');
    await expect(render('.')).rejects.toThrow('expected an empty folder or a data set');
  });

  test('a thread that cannot start ends the work with its reason', async () => {
    const run = renderDataset({
      directory: join(root, 'no-sources'),
      info,
      sources: {
        headTemplateDirectory: root,
        teacherDirectory: `${MODELS_DIRECTORY}/starter`,
        rendersDirectory: null,
      },
      workers: 2,
    });
    await expect(run).rejects.toThrow('head-data.npz');
  });
});
