import { formatDuration } from '../../shell/progress-line.ts';
import type { StatusLine } from '../../shell/status-line.ts';
import type { CellStore } from './cell-store.ts';
import type { CellMeasures, Measure } from './measures.ts';
import type { Cell } from './plan-cells.ts';
import type { Subject } from './subject.ts';

/** How cells are made and measured. */
export interface CellRun {
  readonly store: CellStore;
  readonly line: Pick<StatusLine, 'show'>;
  readonly signal: AbortSignal;
  /** Makes the head of a cell; answers the folder of its files. `onFraction` is told 0 … 1. */
  make(cell: Cell, onFraction: (fraction: number, words: string) => void): Promise<string>;
  open(cell: Cell, directory: string): Subject;
  /** What is measured of a cell, by name. */
  measuresOf(cell: Cell): Measures;
  /** Monotonic. */
  nowMs(): number;
}

/** The measures of a cell; null ones are not asked for. */
export type Measures = {
  readonly [N in keyof CellMeasures]: Measure<NonNullable<CellMeasures[N]>> | null;
};

/**
 * Makes and measures what is not kept yet, at most `limit` new heads. A cell that fails is noted and left behind; the
 * signal's reason is thrown, and whatever was finished by then stays.
 */
export async function runCells(cells: readonly Cell[], limit: number, run: CellRun): Promise<void> {
  const { store, signal, line } = run;
  const missing = cells.filter((cell) => store.findHead(cell) === null).slice(0, limit);
  const wanted = new Set(missing);
  const startedMs = run.nowMs();
  let made = 0;
  for (const [n, cell] of cells.entries()) {
    signal.throwIfAborted();
    const found = store.findHead(cell);
    if (found === null && !wanted.has(cell)) continue;
    const where = `cell ${n + 1}/${cells.length} · ${cell.variant.name} · "${cell.prompt}"`;
    const show = (fraction: number, words: string): void => {
      const done = made + fraction;
      const eachS = (run.nowMs() - startedMs) / 1000 / done;
      const left = done > 0.01 ? ` · about ${formatDuration(eachS * (missing.length - done))} left` : '';
      line.show(`${where} · ${words}${found === null ? left : ''}`, (n + fraction) / cells.length);
    };
    try {
      const directory = found ?? (await run.make(cell, show));
      if (found === null) made++;
      await measureCell(cell, directory, run, (name) => show(0, name));
      await store.saveFailure(cell, null);
    } catch (error) {
      signal.throwIfAborted();
      if (found === null) missing.splice(missing.indexOf(cell), 1);
      await store.saveFailure(cell, error instanceof Error ? error.message : String(error));
    }
  }
}

async function measureCell(
  cell: Cell,
  directory: string,
  run: CellRun,
  onMeasure: (name: string) => void,
): Promise<void> {
  let subject: Subject | null = null;
  for (const measure of Object.values<Measure<unknown> | null>(run.measuresOf(cell))) {
    if (measure === null || run.store.findMeasure(cell, measure) !== null) continue;
    run.signal.throwIfAborted();
    onMeasure(measure.name);
    subject ??= run.open(cell, directory);
    await run.store.saveMeasure(cell, measure, await measure.take(subject));
  }
}
