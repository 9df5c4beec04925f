import { existsSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import type { Progress } from '@headwright/shared/runner/progress';
import { writeFileWhole } from '../../shell/write-file-whole.ts';
import { generateHead } from '../../ssd/generate-head.ts';
import type { HeadTemplate } from '../../ssd/head-template/head-template.ts';
import { CheckpointRefusal } from '../../ssd/state/checkpoint.ts';
import type { TextEncoder } from '../../teacher/encode-text.ts';
import type { Teacher } from '../../teacher/load-teacher.ts';
import type { CellStore } from './cell-store.ts';
import type { Cell } from './plan-cells.ts';

/** What heads are made with. */
export interface CellMaker {
  readonly teacher: Teacher;
  readonly headTemplate: HeadTemplate;
  readonly encoder: Pick<TextEncoder, 'encode'>;
}

/**
 * Makes the head of a cell and keeps its files; answers their folder. What was done of it when it was stopped is kept as a
 * checkpoint and gone on from.
 */
export async function makeCell(
  cell: Cell,
  store: CellStore,
  { teacher, headTemplate, encoder }: CellMaker,
  watch: { readonly signal: AbortSignal; readonly onProgress: (progress: Progress) => void },
): Promise<string> {
  const checkpoint = store.checkpointPath(cell);
  const make = (resume: Uint8Array | undefined) =>
    generateHead({
      prompt: cell.prompt,
      negativePrompt: null,
      seed: cell.seed,
      preset: cell.preset,
      settings: cell.settings,
      teacher,
      headTemplate,
      encodeText: encoder.encode,
      resume,
      onCheckpoint: (bytes) => writeFileWhole(checkpoint, bytes),
      ...watch,
    });
  const kept = existsSync(checkpoint) ? new Uint8Array(readFileSync(checkpoint)) : undefined;
  const head = await make(kept).catch(async (error: unknown) => {
    if (!(error instanceof CheckpointRefusal)) throw error;
    await rm(checkpoint, { force: true });
    return make(undefined);
  });
  return store.saveHead(cell, head.files);
}
