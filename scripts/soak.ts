import { spawnSync } from 'node:child_process';

const HELP = `Usage: npm run soak [-- --short]

Runs the tests whose length is a number at the soak figures of docs/reliability.md, one after the other. About an hour
on two quiet cores; --short takes a fifth of the lengths.
`;

const EDGE = 'apps/edge/src';
const isShort = process.argv.includes('--short');
const of = (count: number): string => String(isShort ? count / 5 : count);

/** Each with what makes it longer, one run after the other, so that they do not disturb each other. */
const RUNS: readonly { files: readonly string[]; lengths: Readonly<Record<string, string>> }[] = [
  { files: [`${EDGE}/routes/fuzz.test.ts`], lengths: { FUZZ_REQUESTS: of(10_000) } },
  {
    files: [
      `${EDGE}/services/idempotency/idempotency.test.ts`,
      `${EDGE}/routes/v1/jobs/cancel.test.ts`,
      `${EDGE}/services/jobs/drain.test.ts`,
    ],
    lengths: { SOAK_TIMES: of(50) },
  },
  { files: ['test/product/kills.test.ts'], lengths: { SOAK_KILLS: of(50) } },
  {
    files: ['test/product/streams.test.ts'],
    lengths: { SOAK_CLIENTS: of(200), SOAK_ATTEMPTS: '10', SOAK_CUT_MS: '2000' },
  },
  { files: ['test/jobs/job-model.test.ts'], lengths: { HEADWRIGHT_MODEL_OPERATIONS: of(1_000_000) } },
];

if (process.argv.includes('--help')) console.log(HELP);
else {
  let failed = 0;
  for (const { files, lengths } of RUNS) {
    console.log(`soak: ${files.join(', ')} with ${JSON.stringify(lengths)}`);
    const vitest = spawnSync('vitest', ['run', '--silent=false', ...files], {
      stdio: 'inherit',
      env: { ...process.env, TEST_SILENCE_SECONDS: '14400', TEST_LIMIT_SECONDS: '14400', ...lengths },
    });
    if (vitest.error !== undefined) console.error(`soak: ${vitest.error.message}`);
    if (vitest.status !== 0) failed += 1;
  }
  console.log(failed === 0 ? 'soak: everything held' : `soak: ${failed} of ${RUNS.length} runs failed`);
  process.exit(failed === 0 ? 0 : 1);
}
