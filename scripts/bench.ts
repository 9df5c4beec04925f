/**
 * `npm run bench`: where the time of a head goes, as ratios within one run, written into docs/performance.md.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { measureHead, type HeadMeasurement } from './bench/measure-head.ts';
import { performanceTables } from './bench/performance-tables.ts';

const HELP = `Usage: npm run bench [-- --preset draft|standard] [--dry-run]

Makes one head a preset (draft and standard by default, about a quarter of an hour on two cores) on the CPU with the
starter teacher and writes the measured table into docs/performance.md. Nothing else should run beside it.

  --preset NAME   measure this preset only
  --dry-run       print the table and write nothing
`;

const { values } = parseArgs({
  options: {
    preset: { type: 'string' },
    'dry-run': { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  console.log(HELP);
  process.exit(0);
}
const presets = values.preset === undefined ? (['draft', 'standard'] as const) : [values.preset];
const measurements: HeadMeasurement[] = [];
for (const preset of presets) {
  if (preset !== 'draft' && preset !== 'standard') {
    console.error(`--preset: expected draft or standard, got ${preset}`);
    process.exit(2);
  }
  console.log(`bench: one head at ${preset} …`);
  measurements.push(await measureHead(preset));
}
const tables = performanceTables(measurements);
console.log(tables);
if (!values['dry-run']) {
  const page = join(fileURLToPath(new URL('..', import.meta.url)), 'docs', 'performance.md');
  const [before, rest] = readFileSync(page, 'utf8').split('<!-- bench -->\n');
  const after = rest?.split('<!-- /bench -->')[1];
  if (after === undefined)
    throw new Error('bench: expected <!-- bench --> … <!-- /bench --> in docs/performance.md');
  writeFileSync(page, `${before}<!-- bench -->\n${tables}<!-- /bench -->${after}`);
  console.log(`bench: written into ${page}`);
}
process.exit(0);
