import { existsSync, readdirSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PRESET_SETTINGS } from '../../ssd/config.ts';
import { CheckpointRefusal } from '../../ssd/state/checkpoint.ts';
import { type CellStore, openCellStore } from './cell-store.ts';
import { LORA_LOSSES_FILE, readLoraLosses } from './lora-losses.ts';
import { type CellEngine, makeCell } from './make-cell.ts';
import { planCells } from './plan-cells.ts';
import { VARIANTS } from './variants.ts';

const [cell] = planCells({
  variants: VARIANTS.filter(({ name }) => name === 'vsd'),
  sets: [{ name: 'own', prompts: ['a clown'] }],
  seeds: [3],
  preset: 'smoke',
  base: PRESET_SETTINGS.smoke,
  models: { teacher: '', headTemplate: '' },
  guidanceFactors: {},
  guidanceScales: { geometry: 15, texture: 7.5 },
});
const finished = {
  files: new Map([['head.glb', { bytes: Uint8Array.of(7), contentType: 'model/gltf-binary' }]]),
};
const watch = { signal: new AbortController().signal, onProgress: () => {} };

let folder = '';
let store: CellStore;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'headwright-make-'));
  store = openCellStore(folder);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function make(engine: CellEngine): Promise<string> {
  return makeCell(cell, store, engine, watch);
}

describe('makeCell', () => {
  it('asks for the cell’s own head and leaves nothing but its files', async () => {
    const directory = await make(async (options) => {
      expect(options).toMatchObject({
        prompt: 'a clown',
        seed: 3,
        settings: cell.settings,
        resume: undefined,
      });
      await options.onCheckpoint?.(Uint8Array.of(1));
      return finished;
    });
    expect(readdirSync(directory)).toEqual(['head.glb']);
    expect(readdirSync(dirname(directory))).toEqual(['head']);
  });

  it('goes on from the last checkpoint, with the losses up to it and no others', async () => {
    const stopped = make(async ({ onCheckpoint, onLoraLoss }) => {
      onLoraLoss?.('geometry', 5);
      await onCheckpoint?.(Uint8Array.of(1));
      onLoraLoss?.('geometry', 4);
      throw new Error('stopped');
    });
    await expect(stopped).rejects.toThrow('stopped');
    expect(store.findHead(cell)).toBeNull();
    const directory = await make(async ({ resume, onLoraLoss }) => {
      expect(resume).toEqual(Uint8Array.of(1));
      onLoraLoss?.('geometry', 4);
      onLoraLoss?.('texture', 3);
      return finished;
    });
    expect(readLoraLosses(join(directory, LORA_LOSSES_FILE))).toEqual({ geometry: [5, 4], texture: [3] });
    expect(readdirSync(dirname(directory))).toEqual(['head']);
  });

  it('starts anew where the engine refuses the checkpoint', async () => {
    await make(async ({ onCheckpoint }) => {
      await onCheckpoint?.(Uint8Array.of(1));
      throw new Error('stopped');
    }).catch(() => {});
    const directory = await make(async ({ resume }) => {
      if (resume) throw new CheckpointRefusal('another version');
      return finished;
    });
    expect(existsSync(join(directory, 'head.glb'))).toBe(true);
  });

  it('takes no half-written folder for a head', async () => {
    const partial = join(folder, cell.digest, 'head.partial');
    await make(async () => finished);
    await rm(join(folder, cell.digest, 'head'), { recursive: true });
    await mkdir(partial);
    await writeFile(join(partial, 'old.txt'), '');
    expect(store.findHead(cell)).toBeNull();
    expect(readdirSync(await make(async () => finished))).toEqual(['head.glb']);
  });
});
