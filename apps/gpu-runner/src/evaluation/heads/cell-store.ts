import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import type { z } from 'zod';
import { writeFileWhole } from '../../shell/write-file-whole.ts';
import { parseJsonFile } from '../../teacher/checked-files.ts';
import type { Cell } from './plan-cells.ts';

/** What a measure is kept under, and how it is read back. */
export interface MeasureName<T> {
  readonly name: string;
  /** Everything besides the head that decides it, as JSON. */
  readonly key: unknown;
  readonly schema: z.ZodType<T>;
}

/** Heads and what was measured of them, a folder a cell. Every file is written whole or not at all. */
export interface CellStore {
  /** The folder of a head's files, or null while it is not made. */
  findHead(cell: Cell): string | null;
  saveHead(cell: Cell, files: ReadonlyMap<string, { readonly bytes: Uint8Array }>): Promise<string>;
  findMeasure<T>(cell: Cell, measure: MeasureName<T>): T | null;
  saveMeasure<T>(cell: Cell, measure: MeasureName<T>, value: T): Promise<void>;
  /** Why the last attempt at a cell failed, or null. */
  findFailure(cell: Cell): string | null;
  /** Null forgets it. */
  saveFailure(cell: Cell, reason: string | null): Promise<void>;
  /** Where the engine's checkpoint of an unfinished head lies. */
  checkpointPath(cell: Cell): string;
}

/** Opens a store in `directory`, which need not exist. */
export function openCellStore(directory: string): CellStore {
  const folder = (cell: Cell): string => join(directory, cell.digest);
  const headFolder = (cell: Cell): string => join(folder(cell), 'head');
  const failurePath = (cell: Cell): string => join(folder(cell), 'failure.txt');
  const measurePath = <T>(cell: Cell, { name, key }: MeasureName<T>): string => {
    const digest = createHash('sha256').update(JSON.stringify(key)).digest('hex').slice(0, 12);
    return join(folder(cell), `${name}-${digest}.json`);
  };
  const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
  return {
    findHead: (cell) => (existsSync(headFolder(cell)) ? headFolder(cell) : null),
    async saveHead(cell, files) {
      const partial = `${headFolder(cell)}.partial`;
      await rm(partial, { recursive: true, force: true });
      for (const [name, { bytes }] of files) {
        await mkdir(dirname(join(partial, name)), { recursive: true });
        await writeFile(join(partial, name), bytes);
      }
      await rename(partial, headFolder(cell));
      await rm(this.checkpointPath(cell), { force: true });
      return headFolder(cell);
    },
    findMeasure(cell, measure) {
      const path = measurePath(cell, measure);
      return existsSync(path) ? parseJsonFile(measure.schema, path) : null;
    },
    saveMeasure: (cell, measure, value) =>
      writeFileWhole(measurePath(cell, measure), encode(`${JSON.stringify(value, null, 1)}\n`)),
    findFailure: (cell) =>
      existsSync(failurePath(cell)) ? readFileSync(failurePath(cell), 'utf8').trim() : null,
    async saveFailure(cell, reason) {
      if (reason === null) await rm(failurePath(cell), { force: true });
      else await writeFileWhole(failurePath(cell), encode(`${reason}\n`));
    },
    checkpointPath: (cell) => join(folder(cell), 'checkpoint.safetensors'),
  };
}
