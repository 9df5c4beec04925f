import type { GrowthMeasurement, GrowthRow, StepCost } from './measure-growth.ts';

/** The tables of docs/performance.md on how a step's cost grows; processor milliseconds. */
export function growthTables({ views, images, grids }: GrowthMeasurement): string {
  return [
    stepTable('views a step (pictures of 128²)', views),
    stepTable('side of the picture (2 views)', images),
    gridTable(grids),
  ].join('\n');
}

function stepTable(what: string, rows: readonly GrowthRow[]): string {
  const lines = rows.map(({ label, geometry, texture }) =>
    row([label, ...costs(geometry), ...costs(texture)]),
  );
  const head = ['teacher', '3D side', 'both'];
  return [
    row([what, ...head.map((name) => `geometry: ${name}`), ...head.map((name) => `texture: ${name}`)]),
    row(Array.from({ length: 7 }, () => '---')),
    ...lines,
    '',
  ].join('\n');
}

function gridTable(rows: readonly GrowthRow[]): string {
  return [
    row([
      'field, edge of the cubes (head heights)',
      'surface',
      'render',
      'landmarks',
      'backward',
      'optimizer',
    ]),
    row(Array.from({ length: 6 }, () => '---')),
    ...rows.map(({ label, geometry: cost }) =>
      row([
        label,
        ...(['surface', 'render', 'landmarks', 'backward', 'optimizer'] as const).map((phase) =>
          ms(cost[phase]),
        ),
      ]),
    ),
    '',
  ].join('\n');
}

/** Teacher, 3D side, and both. */
function costs(cost: StepCost): string[] {
  const both = Object.values(cost).reduce((sum, value) => sum + value, 0);
  const teacher = cost.score ?? 0;
  return [ms(teacher), ms(both - teacher), ms(both)];
}

function ms(value = 0): string {
  return `${Math.round(value)} ms`;
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}
