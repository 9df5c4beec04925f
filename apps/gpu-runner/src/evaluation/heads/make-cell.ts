import { existsSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import type { Progress } from '@headwright/shared/runner/progress';
import { writeFileWhole } from '../../shell/write-file-whole.ts';
import type { GeneratedHead } from '../../ssd/finish-head.ts';
import type { GenerateHeadOptions } from '../../ssd/generate-head.ts';
import { CheckpointRefusal } from '../../ssd/state/checkpoint.ts';
import type { CellStore } from './cell-store.ts';
import { LORA_LOSSES_FILE, type LoraLosses, readLoraLosses } from './lora-losses.ts';
import type { Cell } from './plan-cells.ts';

/** The engine, bound to a teacher and a template. */
export type CellEngine = (
  request: Omit<GenerateHeadOptions, 'teacher' | 'headTemplate' | 'encodeText'>,
) => Promise<GeneratedHead>;

/**
 * Makes the head of a cell and keeps its files; answers their folder. What was done of it when it was stopped is kept as a
 * checkpoint and gone on from.
 */
export async function makeCell(
  cell: Cell,
  store: CellStore,
  generate: CellEngine,
  watch: { readonly signal: AbortSignal; readonly onProgress: (progress: Progress) => void },
): Promise<string> {
  const checkpoint = store.checkpointPath(cell);
  const lossesPath = `${checkpoint}.${LORA_LOSSES_FILE}`;
  const make = (resume: Uint8Array | undefined, losses: LoraLosses) =>
    generate({
      prompt: cell.prompt,
      negativePrompt: null,
      seed: cell.seed,
      preset: cell.preset,
      settings: cell.settings,
      resume,
      onLoraLoss: (stage, loss) => losses[stage].push(loss),
      async onCheckpoint(bytes) {
        // First the losses: their tail may be told twice, a gap could not be filled.
        await writeFileWhole(lossesPath, encode(losses));
        await writeFileWhole(checkpoint, bytes);
      },
      ...watch,
    });
  const kept = existsSync(checkpoint) ? new Uint8Array(readFileSync(checkpoint)) : undefined;
  let losses = kept ? readLoraLosses(lossesPath) : noLosses();
  const head = await make(kept, losses).catch(async (error: unknown) => {
    if (!(error instanceof CheckpointRefusal)) throw error;
    await rm(checkpoint, { force: true });
    losses = noLosses();
    return make(undefined, losses);
  });
  const files = new Map<string, { readonly bytes: Uint8Array }>(head.files);
  if (losses.geometry.length + losses.texture.length > 0) {
    files.set(LORA_LOSSES_FILE, { bytes: encode(losses) });
  }
  const directory = await store.saveHead(cell, files);
  await rm(lossesPath, { force: true });
  return directory;
}

function noLosses(): LoraLosses {
  return { geometry: [], texture: [] };
}

function encode(losses: LoraLosses): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(losses)}\n`);
}
