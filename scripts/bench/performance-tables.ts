import type { HeadMeasurement } from './measure-head.ts';

const PHASES = ['surface', 'render', 'landmarks', 'score', 'backward', 'optimizer'] as const;

/** The measured part of docs/performance.md. */
export function performanceTables(heads: readonly HeadMeasurement[]): string {
  const totals = heads.map(
    (h) =>
      `| ${h.preset} | ${(h.cpuS / 2).toFixed(0)} s | ${h.wallS.toFixed(0)} s | ${(h.peakRssBytes / 1e9).toFixed(2)} GB | ${Object.entries(
        h.stageS,
      )
        .map(([stage, s]) => `${stage} ${((100 * s) / h.wallS).toFixed(0)} %`)
        .join(', ')} |`,
  );
  const steps = heads.flatMap((h) =>
    (['geometry', 'texture'] as const).map((stage) => {
      const phases = h.phaseMs[stage];
      const total = PHASES.reduce((sum, phase) => sum + (phases[phase] ?? 0), 0);
      const shares = PHASES.map((phase) =>
        phases[phase] === undefined ? '–' : `${((100 * phases[phase]) / total).toFixed(0)} %`,
      );
      const side = 100 - (100 * (phases.score ?? 0)) / total;
      return `| ${h.preset} ${stage}, ${h.viewsPerStep[stage]} views | ${total.toFixed(0)} ms | ${shares.join(' | ')} | **${side.toFixed(0)} %** |`;
    }),
  );
  return [
    '| preset | CPU seconds ÷ 2 | wall | peak memory | share of the wall time |',
    '|---|---|---|---|---|',
    ...totals,
    '',
    '| step | median | surface | render | landmarks | score (teacher) | backward | optimizer | 3D side |',
    '|---|---|---|---|---|---|---|---|---|',
    ...steps,
    '',
  ].join('\n');
}
