/**
 * `npm run bench`: where the time of a head goes, how a step's cost grows, and how many requests the edge answers, written into
 * docs/performance.md.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { edgeTable } from './bench/edge-table.ts';
import { growthTables } from './bench/growth-tables.ts';
import { measureEdge } from './bench/measure-edge.ts';
import { measureGrowth } from './bench/measure-growth.ts';
import { measureHead, type HeadMeasurement } from './bench/measure-head.ts';
import { performanceTables } from './bench/performance-tables.ts';
import { ROOT } from './wrangler.ts';

const HELP = `Usage: npm run bench [-- --only heads|growth|edge] [--preset draft|standard] [--rounds N] [--dry-run]

Makes one head a preset (draft and standard by default, about a quarter of an hour on two cores) on the CPU with the
starter teacher (they stay in out/bench), then some steps with finer grids, more views and larger pictures (processor time, about two minutes of
it), then measures the edge on wrangler dev beside an empty Hono route (about two minutes), and writes the
measured tables into docs/performance.md. Nothing else should run beside it.

  --only PART     heads, growth or edge
  --preset NAME   measure this preset only
  --rounds N      of the edge's loads, a second each; default: 15
  --dry-run       print the tables and write nothing
`;

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    preset: { type: 'string' },
    rounds: { type: 'string', default: '15' },
    'dry-run': { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

/** Ends with the sentence of a wrong option. */
function refuse(message: string): never {
  console.error(message);
  process.exit(2);
}

/** Replaces what stands between the comments of a part in docs/performance.md. */
function write(part: 'bench' | 'bench growth' | 'bench edge', table: string): void {
  console.log(table);
  if (values['dry-run']) return;
  const page = join(ROOT, 'docs', 'performance.md');
  const [before, rest] = readFileSync(page, 'utf8').split(`<!-- ${part} -->\n`);
  const after = rest?.split(`<!-- /${part} -->`)[1];
  if (after === undefined) {
    throw new Error(`bench: expected <!-- ${part} --> … <!-- /${part} --> in docs/performance.md`);
  }
  writeFileSync(page, `${before}<!-- ${part} -->\n${table}<!-- /${part} -->${after}`);
  console.log(`bench: written into ${page}`);
}

async function measureHeads(): Promise<void> {
  const presets = values.preset === undefined ? (['draft', 'standard'] as const) : [values.preset];
  const measurements: HeadMeasurement[] = [];
  for (const preset of presets) {
    if (preset !== 'draft' && preset !== 'standard') {
      return refuse(`--preset: expected draft or standard, got ${preset}`);
    }
    console.log(`bench: one head at ${preset} …`);
    measurements.push(await measureHead(preset, join(ROOT, 'out', 'bench', preset)));
  }
  write('bench', performanceTables(measurements));
}

async function measureSteps(): Promise<void> {
  const measured = await measureGrowth(({ label }) => console.log(`bench: steps with ${label}`));
  write('bench growth', growthTables(measured));
}

async function measureRequests(): Promise<void> {
  const rounds = Number(values.rounds);
  if (!Number.isInteger(rounds) || rounds < 1)
    refuse(`--rounds: expected a number from 1, got ${values.rounds}`);
  const options = { rounds, loadMs: 1_000, connections: 16 };
  write('bench edge', edgeTable(await measureEdge(options), options));
}

if (values.help) console.log(HELP);
else {
  const parts = { heads: measureHeads, growth: measureSteps, edge: measureRequests };
  const { only } = values;
  if (only !== undefined && !(only in parts)) refuse(`--only: expected heads, growth or edge, got ${only}`);
  for (const [name, measure] of Object.entries(parts)) {
    if (only === undefined || only === name) await measure();
  }
}
process.exit(0);
