import { existsSync } from 'node:fs';
import { mkdtemp, readFile, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHash } from 'node:crypto';
import type { Progress } from '@headwright/shared/runner/progress';
import { afterEach, describe, expect, test } from 'vitest';
import type { EngineRequest } from './engine-messages.ts';
import { type EngineProcess, type EngineReport, startEngine } from './engine-process.ts';

const entry = new URL('../../../../test/harness/scripted-engine-child.ts', import.meta.url);
const started: EngineProcess[] = [];

function start(teacherDirectory = 'any'): EngineProcess {
  const engine = startEngine({ teacherDirectory, headTemplateDirectory: 'any', entry });
  started.push(engine);
  return engine;
}

async function request(prompt: string): Promise<EngineRequest> {
  const workDirectory = await mkdtemp(join(tmpdir(), 'headwright-test-'));
  return {
    kind: 'head',
    base: null,
    resume: null,
    prompt,
    negativePrompt: null,
    seed: 7,
    preset: 'smoke',
    workDirectory,
  };
}

const ignore: EngineReport = { onProgress: () => {}, onPreview: () => {} };
const never = new AbortController().signal;

afterEach(async () => {
  await Promise.all(started.splice(0).map((engine) => engine.kill()));
});

describe('startEngine', () => {
  test('hands over every file complete, with its size and digest, and its progress and previews on the way', async () => {
    const progress: Progress[] = [];
    const previews: string[] = [];
    const made = await request('quick head');
    const checkpoints: string[] = [];
    const report = {
      onCheckpoint: (p: string) => checkpoints.push(p),
      onProgress: (p: Progress) => progress.push(p),
      onPreview: (p: string) => previews.push(p),
    };
    const result = await start().generate(made, report, never);
    expect(result.files.map(({ name }) => name)).toEqual(['head.glb', 'views/front.png', 'head.state']);
    for (const { name, bytes, sha256 } of result.files) {
      const content = await readFile(join(made.workDirectory, name));
      expect(content.byteLength).toBe(bytes);
      expect(createHash('sha256').update(content).digest('hex')).toBe(sha256);
    }
    expect(await readFile(checkpoints[0], 'utf8')).toBe('step 5 of quick head');
    expect(checkpoints).toHaveLength(1);
    expect(result.warnings).toEqual(['a scripted head']);
    expect(progress.map(({ step }) => step)).toEqual(Array.from({ length: 31 }, (_, step) => step));
    expect(previews.every((path) => existsSync(path))).toBe(true);
    expect(previews).toHaveLength(1);
    expect(
      (await readdir(made.workDirectory, { recursive: true })).filter((f) => f.endsWith('.partial')),
    ).toEqual([]);
  });

  test('an abort ends even an engine that blocks its thread', async () => {
    const stop = new AbortController();
    const engine = start();
    const report = { ...ignore, onProgress: () => stop.abort() };
    await expect(engine.generate(await request('stuck'), report, stop.signal)).rejects.toThrow('SIGKILL');
    expect(engine.isAlive()).toBe(false);
  });

  test('a crash and an exception both reject, in the words that there are', async () => {
    await expect(start().generate(await request('crashing'), ignore, never)).rejects.toThrow('SIGSEGV');
    await expect(start().generate(await request('broken'), ignore, never)).rejects.toThrow(
      'was told to fail',
    );
  });

  test('models that cannot be loaded refuse the start and every request', async () => {
    const engine = start('unloadable-teacher');
    await expect(engine.ready).rejects.toThrow('the teacher is refused');
    await expect(engine.generate(await request('head'), ignore, never)).rejects.toThrow();
  });
});
