import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { CheckpointRefusal } from '../ssd/state/checkpoint.ts';
import { resumeOrBegin } from './resume-or-begin.ts';

const textOf = (resume: Uint8Array | undefined): string | null => resume?.toString() ?? null;

async function checkpoint(): Promise<string> {
  const path = join(await mkdtemp(join(tmpdir(), 'headwright-test-')), 'checkpoint');
  await writeFile(path, 'step 100');
  return path;
}

test('a head goes on from its checkpoint', async () => {
  expect(await resumeOrBegin(await checkpoint(), async (resume) => textOf(resume))).toBe('step 100');
  expect(await resumeOrBegin(null, async (resume) => textOf(resume))).toBeNull();
});

test('a checkpoint that is refused costs the time to begin anew, not the head', async () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
  const make = async (resume: Uint8Array | undefined): Promise<string | null> => {
    if (resume !== undefined) throw new CheckpointRefusal('of another seed');
    return textOf(resume);
  };
  expect(await resumeOrBegin(await checkpoint(), make)).toBeNull();
  expect(warn).toHaveBeenCalledWith('engine: begins anew: of another seed');
  warn.mockRestore();
});

test('any other failure stays one', async () => {
  const make = (): Promise<never> => Promise.reject(new Error('no surface left'));
  await expect(resumeOrBegin(await checkpoint(), make)).rejects.toThrow('no surface left');
});
