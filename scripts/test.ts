import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { markedProcesses } from './marked-processes.ts';

const HELP = `Usage: npm test [-- vitest arguments]

Runs every test and ends with the line "N passed, N failed". A run that hangs is ended and says in which file.

  npm test -- --project edge               one project: shared, client, gpu-runner, edge, product
  npm test -- apps/gpu-runner/src/onnx     tests below a folder
  npm test -- -t "a stale attempt"         tests by title

TEST_SILENCE_SECONDS (900) is how long no test may end, TEST_LIMIT_SECONDS (3600) how long all may take.
`;

/** The reporter (test/summary-reporter.ts) ends a run that takes too long; this is for a Vitest that answers no timer. */
const GRACE_MS = 30_000;

const { values } = parseArgs({ strict: false, options: { help: { type: 'boolean' } } });
if (values.help === true) console.log(HELP);
else runTests(process.argv.slice(2));

function runTests(args: readonly string[]): void {
  const mark = randomUUID();
  const limitMs = Number(process.env['TEST_LIMIT_SECONDS'] ?? 3600) * 1000;
  const vitest = spawn('vitest', ['run', ...args], {
    stdio: 'inherit',
    env: { ...process.env, TEST_RUN: mark },
  });
  const timer = setTimeout(() => {
    console.error(`\nFAIL  Vitest did not end within ${(limitMs + GRACE_MS) / 1000} s\n0 passed, 1 failed`);
    vitest.kill('SIGKILL');
  }, limitMs + GRACE_MS);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => vitest.kill(signal));
  vitest.on('error', (error) => {
    console.error(`test: ${error.message}`);
    process.exit(1);
  });
  vitest.on('exit', (status) => {
    clearTimeout(timer);
    endRest(mark);
    process.exit(status ?? 1);
  });
}

/** Whatever outlived the tests would keep the pipe of their output open, and who reads it waiting. */
function endRest(mark: string): void {
  for (const pid of markedProcesses(mark)) {
    try {
      const name = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').slice(0, 120);
      process.kill(pid, 'SIGKILL');
      console.error(`test: ended what the tests left behind: ${pid} ${name}`);
    } catch {
      // it ended by itself meanwhile
    }
  }
}
