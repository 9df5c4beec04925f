import { mkdir, mkdtemp, readFile, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { startEngine } from './engine-process.ts';
import { generateInto } from './generate-into.ts';

const entry = new URL('../../../../test/harness/scripted-engine-child.ts', import.meta.url);
const ignore = { onProgress: () => {}, onPreview: () => {} };
let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'headwright-test-'));
});

async function make(prompt: string, signal: AbortSignal, onProgress = (): void => {}): Promise<unknown> {
  const engine = startEngine({ teacherDirectory: 'any', headTemplateDirectory: 'any', entry });
  const request = { prompt, negativePrompt: null, seed: 3, preset: 'smoke' as const };
  try {
    return await generateInto(
      join(folder, 'out', 'head'),
      engine,
      request,
      { ...ignore, onProgress },
      signal,
    );
  } finally {
    await engine.kill();
  }
}

describe('generateInto', () => {
  test('puts every file into the folder and nothing beside it', async () => {
    await make('quick head', new AbortController().signal);
    const found = (await readdir(folder, { recursive: true })).toSorted();
    expect(found).toEqual([
      'out',
      'out/head',
      'out/head/head.glb',
      'out/head/head.state',
      'out/head/views',
      'out/head/views/front.png',
    ]);
    expect(await readFile(join(folder, 'out/head/head.glb'), 'utf8')).toBe('glb of quick head 3');
  });

  test('an abort in the middle leaves nothing at all', async () => {
    const stop = new AbortController();
    await expect(make('stuck head', stop.signal, () => stop.abort())).rejects.toThrow();
    expect(await readdir(folder)).toEqual([]);
  });

  test('a failure leaves an earlier head as it was', async () => {
    await mkdir(join(folder, 'out', 'head'), { recursive: true });
    await writeFile(join(folder, 'out', 'head', 'head.glb'), 'earlier');
    await expect(make('broken head', new AbortController().signal)).rejects.toThrow('told to fail');
    expect((await readdir(folder, { recursive: true })).toSorted()).toEqual([
      'out',
      'out/head',
      'out/head/head.glb',
    ]);
    expect(await readFile(join(folder, 'out/head/head.glb'), 'utf8')).toBe('earlier');
  });
});
