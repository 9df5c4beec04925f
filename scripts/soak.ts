import { spawnSync } from 'node:child_process';

const HELP = `Usage: npm run soak

Runs the tests whose length is a number at the figures of docs/reliability.md: 10,000 requests over every route, and
1,000,000 operations on jobs against the reference machine. It takes about an hour on two cores.
`;

const FILES = ['apps/edge/src/routes/fuzz.test.ts', 'test/jobs/job-model.test.ts'];

if (process.argv.includes('--help')) console.log(HELP);
else {
  const vitest = spawnSync('vitest', ['run', ...FILES], {
    stdio: 'inherit',
    env: { ...process.env, FUZZ_REQUESTS: '10000', HEADWRIGHT_MODEL_OPERATIONS: '1000000' },
  });
  if (vitest.error !== undefined) console.error(`soak: ${vitest.error.message}`);
  process.exit(vitest.status ?? 1);
}
