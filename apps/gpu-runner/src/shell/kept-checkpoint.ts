import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

/** The checkpoint of a head that is made into a folder: a hidden file beside it. */
export interface KeptCheckpoint {
  readonly path: string;
  exists(): boolean;
  /** Takes over a finished checkpoint file as a whole; a reader sees the one before or this one. */
  keep(from: string): void;
  remove(): void;
}

/** Where the checkpoint of one wish lies: other words, seeds or presets for the same folder have files of their own. */
export function keptCheckpoint(
  outDirectory: string,
  wish: Readonly<Record<string, unknown>>,
): KeptCheckpoint {
  const target = resolve(outDirectory);
  const digest = createHash('sha256').update(JSON.stringify(wish)).digest('hex').slice(0, 12);
  const path = join(dirname(target), `.${basename(target)}.${digest}.checkpoint`);
  return {
    path,
    exists: () => existsSync(path),
    keep(from) {
      mkdirSync(dirname(path), { recursive: true });
      const partial = `${path}.partial`;
      copyFileSync(from, partial);
      renameSync(partial, path);
    },
    remove: () => {
      for (const file of [path, `${path}.partial`]) rmSync(file, { force: true });
    },
  };
}
