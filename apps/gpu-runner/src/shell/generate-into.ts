import { mkdir, mkdtemp, rename, rm, rmdir } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { EngineRequest, EngineResult } from './engine-messages.ts';
import type { EngineProcess, EngineReport } from './engine-process.ts';

const NEW_HEAD = { kind: 'head', base: null, resume: null } as const;

/** What is asked of an engine; a new head from its beginning unless it says otherwise. */
export type EngineWish = Omit<EngineRequest, 'workDirectory' | keyof typeof NEW_HEAD> &
  Partial<Pick<EngineRequest, keyof typeof NEW_HEAD>>;

/**
 * Makes a head and moves its files into a folder once all of them exist: an abort, a failure or a
 * full disk leaves the folder as it was. The files wait beside it, on the same file system.
 */
export async function generateInto(
  outDirectory: string,
  engine: EngineProcess,
  request: EngineWish,
  report: EngineReport,
  signal: AbortSignal,
): Promise<EngineResult> {
  const target = resolve(outDirectory);
  const created = await mkdir(dirname(target), { recursive: true });
  const workDirectory = await mkdtemp(join(dirname(target), `.${basename(target)}.partial-`));
  try {
    const result = await engine.generate({ ...NEW_HEAD, ...request, workDirectory }, report, signal);
    for (const { name } of result.files) {
      await mkdir(dirname(join(target, name)), { recursive: true });
      await rename(join(workDirectory, name), join(target, name));
    }
    return result;
  } finally {
    await rm(workDirectory, { recursive: true, force: true });
    // The folder made above goes again when nothing came into it.
    if (created !== undefined) await rmdir(created).catch(() => {});
  }
}
