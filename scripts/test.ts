import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';

const HELP = `Usage: npm test [-- vitest arguments]

Runs every test and ends with the line "N passed, N failed".

  npm test -- --project edge               one project: shared, gpu-runner, edge, product
  npm test -- apps/gpu-runner/src/onnx     tests below a folder
  npm test -- -t "a stale attempt"         tests by title
`;

const { values } = parseArgs({ strict: false, options: { help: { type: 'boolean' } } });
if (values.help === true) console.log(HELP);
else {
  const vitest = spawnSync('vitest', ['run', ...process.argv.slice(2)], { stdio: 'inherit' });
  if (vitest.error !== undefined) console.error(`test: ${vitest.error.message}`);
  process.exit(vitest.status ?? 1);
}
