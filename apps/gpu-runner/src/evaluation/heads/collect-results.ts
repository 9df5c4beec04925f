import type { CellStore } from './cell-store.ts';
import type { CellMeasures, Measure } from './measures.ts';
import type { Cell } from './plan-cells.ts';
import type { CellRun } from './run-cells.ts';
import type { Subject } from './subject.ts';
import type { CellResult } from './summary-tables.ts';

/** Reads what is kept of each cell. */
export function collectResults(
  cells: readonly Cell[],
  store: CellStore,
  {
    measuresOf,
    open,
  }: Pick<CellRun, 'measuresOf'> & { open(cell: Cell, directory: string): Pick<Subject, 'recipe'> },
): CellResult[] {
  return cells.map((cell) => {
    const directory = store.findHead(cell);
    const failure = store.findFailure(cell);
    if (directory === null) return { cell, made: null, failure };
    const wanted = measuresOf(cell);
    const find = <T>(measure: Measure<T> | null): T | null => measure && store.findMeasure(cell, measure);
    const measures: CellMeasures = {
      faces: find(wanted.faces),
      recall: find(wanted.recall),
      saturation: find(wanted.saturation),
      mesh: find(wanted.mesh),
      attributes: find(wanted.attributes),
      clip: find(wanted.clip),
      thumbnails: find(wanted.thumbnails),
    };
    const { recipe } = open(cell, directory);
    const seconds = Object.values(recipe.seconds).reduce((sum, each) => sum + each, 0);
    return {
      cell,
      made: { seconds, sideIou: recipe.mesh.sideIouWithTemplate, measures, directory },
      failure,
    };
  });
}
