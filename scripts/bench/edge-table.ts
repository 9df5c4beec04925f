import { EDGE_LOADS, type EdgeLoad } from './edge-loads.ts';
import type { EdgeBenchOptions, EdgeMeasurement } from './measure-edge.ts';

const ROWS: Readonly<Record<EdgeLoad, { what: string; target: number | null }>> = {
  empty: { what: 'empty Hono route', target: null },
  query: { what: 'a Hono route with one `select 1`', target: null },
  health: { what: 'the edge’s own empty route, `/healthz`', target: null },
  readJob: { what: 'read a job', target: 0.5 },
  readHead: { what: 'read a head', target: 0.5 },
  create: { what: 'create a head', target: 0.25 },
  claim: { what: 'claim a job', target: 0.5 },
};

/** The edge's part of docs/performance.md: each rate as a share of the empty route's in the same round, the median of all rounds. */
export function edgeTable(rates: EdgeMeasurement, { rounds, loadMs, connections }: EdgeBenchOptions): string {
  const rows = EDGE_LOADS.map((name) => {
    const { what, target } = ROWS[name];
    const share = medianOf(rates[name].map((rate, round) => rate / (rates.empty[round] ?? Number.NaN)));
    const aim = target === null ? '–' : `≥ ${100 * target} %`;
    return `| ${what} | ${medianOf(rates[name]).toFixed(0)}/s | ${(100 * share).toFixed(0)} % | ${aim} |`;
  });
  return [
    `${rounds} rounds of ${loadMs / 1000} s each, ${connections} connections.`,
    '',
    '| | requests a second | of the empty route | target |',
    '|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}

function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? Number.NaN) + (sorted[Math.ceil(middle)] ?? Number.NaN)) / 2;
}
