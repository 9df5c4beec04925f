import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { PRESET_SETTINGS } from '../../ssd/config.ts';
import { type CellStore, openCellStore } from './cell-store.ts';
import { collectResults } from './collect-results.ts';
import type { Measure } from './measures.ts';
import { type Cell, planCells } from './plan-cells.ts';
import { type CellRun, runCells } from './run-cells.ts';
import type { Subject } from './subject.ts';
import { VARIANTS } from './variants.ts';

const cells = planCells({
  variants: VARIANTS.slice(0, 2),
  sets: [{ name: 'own', prompts: ['a clown', 'an elf'] }],
  seeds: [0],
  preset: 'smoke',
  base: PRESET_SETTINGS.smoke,
  models: { teacher: '', headTemplate: '' },
  guidanceFactors: {},
  guidanceScales: { geometry: 15, texture: 7.5 },
});

let folder = '';
let store: CellStore;
let made: Cell[] = [];
let measured: Cell[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'headwright-cells-'));
  store = openCellStore(folder);
  made = [];
  measured = [];
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function saturation(key: unknown): Measure<{ mean: number; vividShare: number }> {
  return {
    name: 'saturation',
    key,
    schema: z.strictObject({ mean: z.number(), vividShare: z.number() }),
    async take({ cell }) {
      measured.push(cell);
      return { mean: 0.5, vividShare: 0 };
    },
  };
}

function run(changes: Partial<CellRun> = {}, key: unknown = 1): CellRun {
  return {
    store,
    line: { show: () => {} },
    signal: new AbortController().signal,
    async make(cell) {
      made.push(cell);
      return store.saveHead(cell, new Map([['views/front.png', { bytes: Uint8Array.of(1) }]]));
    },
    open: (cell, directory) => ({ cell, directory }) as Subject,
    measuresOf: () => ({
      faces: null,
      recall: null,
      saturation: saturation(key),
      mesh: null,
      attributes: null,
      clip: null,
      thumbnails: null,
    }),
    nowMs: () => 0,
    ...changes,
  };
}

describe('runCells', () => {
  it('computes nothing a second time, and after a change of one measure only that one', async () => {
    await runCells(cells, 100, run());
    expect([made.length, measured.length]).toEqual([4, 4]);
    await runCells(cells, 100, run());
    expect([made.length, measured.length]).toEqual([4, 4]);
    await runCells(cells, 100, run({}, 2));
    expect([made.length, measured.length]).toEqual([4, 8]);
  });

  it('makes no more new heads than it may, in the order of the plan', async () => {
    await runCells(cells, 1, run());
    expect(made).toEqual([cells[0]]);
    await runCells(cells, 2, run());
    expect(made).toEqual(cells.slice(0, 3));
  });

  it('notes a cell that fails, goes on, and tries it again the next time', async () => {
    const make: CellRun['make'] = (cell, onFraction) => {
      if (cell === cells[1]) return Promise.reject(new Error('vsd: no such form'));
      return run().make(cell, onFraction);
    };
    await runCells(cells, 100, run({ make }));
    expect(made).toEqual([cells[0], cells[2], cells[3]]);
    expect(store.findFailure(cells[1])).toBe('vsd: no such form');
    await runCells(cells, 100, run());
    expect(made).toHaveLength(4);
    expect(store.findFailure(cells[1])).toBeNull();
  });

  it('stops when it is told to and keeps what is finished, without a failure', async () => {
    const stop = new AbortController();
    const make: CellRun['make'] = async (cell, onFraction) => {
      if (cell !== cells[2]) return run().make(cell, onFraction);
      stop.abort(new Error('stopped'));
      throw new Error('some error of a stopped engine');
    };
    await expect(runCells(cells, 100, run({ make, signal: stop.signal }))).rejects.toThrow('stopped');
    expect(cells.map((cell) => store.findHead(cell) !== null)).toEqual([true, true, false, false]);
    expect(store.findFailure(cells[2])).toBeNull();
    await runCells(cells, 100, run());
    expect(made).toEqual(cells);
  });

  it('says which cell it is at and how long the rest takes', async () => {
    const lines: string[] = [];
    let nowMs = 0;
    const make: CellRun['make'] = (cell, onFraction) => {
      nowMs += 60_000;
      onFraction(0.5, 'texture 1/2');
      nowMs += 60_000;
      return run().make(cell, onFraction);
    };
    await runCells(cells, 100, run({ make, nowMs: () => nowMs, line: { show: (text) => lines.push(text) } }));
    expect(lines[0]).toBe('cell 1/4 · ssd · "a clown" · texture 1/2 · about 7 min 0 s left');
  });
});

describe('collectResults', () => {
  it('tells made, failed and open cells apart and reads measures back', async () => {
    await runCells(cells, 1, run());
    await store.saveFailure(cells[1], 'too bad');
    const recipe = { seconds: { geometry: 2, texture: 3 }, mesh: { sideIouWithTemplate: 0.9 } };
    const results = collectResults(cells, store, { measuresOf: run().measuresOf, open: () => ({ recipe }) });
    expect(results[0].made).toMatchObject({
      seconds: 5,
      sideIou: 0.9,
      measures: { saturation: { mean: 0.5 } },
    });
    expect(results[1]).toMatchObject({ made: null, failure: 'too bad' });
    expect(results[2]).toMatchObject({ made: null, failure: null });
  });
});
