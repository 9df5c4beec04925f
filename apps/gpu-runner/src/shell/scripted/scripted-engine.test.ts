import type { Progress } from '@headwright/shared/runner/progress';
import { expect, test } from 'vitest';
import '../../../../../test/matchers.ts';
import { FinalFailure } from '../final-failure.ts';
import { judgeScripted } from './canned-head.ts';
import { scriptedEngine } from './scripted-engine.ts';

/** What the engine makes of a prompt, and what it says meanwhile. */
async function run(prompt: string, attempt = 1) {
  const progress: Progress[] = [];
  const previews: Uint8Array[] = [];
  const made = await scriptedEngine(
    {
      kind: 'head',
      base: null,
      resume: null,
      prompt,
      negativePrompt: null,
      seed: 1,
      preset: 'draft',
      attempt,
      workDirectory: '/nowhere',
    },
    {
      onProgress: (report) => progress.push(report),
      onPreview: (png) => previews.push(png),
      onCheckpoint: async () => {},
    },
  );
  return { made, progress, previews };
}

test('a head of test mode is a valid glTF file with pictures and a state', async () => {
  const { made, progress, previews } = await run('test:succeed');
  expect([...made.files.keys()]).toEqual(['head.glb', 'preview.png', 'views/front.png', 'head.state']);
  await expect(made.files.get('head.glb')?.bytes).toBeValidGlb();
  expect(progress.map(({ fraction }) => fraction)).toEqual(progress.map((_, i) => i / progress.length));
  expect(previews).toHaveLength(1);
  expect(await judgeScripted(previews[0])).toBe(0);
});

test('ordinary words succeed', async () => {
  expect((await run('an elf')).made.files.has('head.glb')).toBe(true);
});

test('test:slow:1 takes a second', async () => {
  const { progress } = await run('test:slow:1');
  expect(progress[0].eta_s).toBe(1);
});

test('test:fail:internal fails for good, test:fail:max_attempts each time', async () => {
  await expect(run('test:fail:internal')).rejects.toBeInstanceOf(FinalFailure);
  const error = await run('test:fail:max_attempts', 3).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(Error);
  expect(error).not.toBeInstanceOf(FinalFailure);
});

test('test:flaky:2 succeeds with its third attempt', async () => {
  await expect(run('test:flaky:2', 1)).rejects.toThrow('attempt 1');
  await expect(run('test:flaky:2', 2)).rejects.toThrow('attempt 2');
  expect((await run('test:flaky:2', 3)).made.files.size).toBe(4);
});

test('every picture of test:reject:output is refused by the judge of test mode', async () => {
  const { made, previews } = await run('test:reject:output');
  const pictures = [...made.files.values()].filter(({ contentType }) => contentType === 'image/png');
  for (const picture of [...previews, ...pictures.map(({ bytes }) => bytes)]) {
    expect(await judgeScripted(picture)).toBe(1);
  }
});
