/**
 * Compares ways of making heads: all methods and ablations from the same prompts at equal samples.
 *
 *     npm run evaluate -- [tune | tally FILE.csv …] [options]
 */
import { runHeadsEvaluation } from '../apps/gpu-runner/src/evaluation/heads/heads-command.ts';

const STOPPED = 130;
/** One Ctrl-C comes twice: from the terminal, and handed on by scripts/launch.mjs. */
const SAME_SIGNAL_MS = 1000;

const stop = new AbortController();
let stoppedAtMs = 0;
for (const name of ['SIGINT', 'SIGTERM'] as const) {
  process.on(name, () => {
    if (!stop.signal.aborted) {
      stoppedAtMs = performance.now();
      console.log('\nstopping after this step; once more to stop at once');
      stop.abort(new Error('stopped'));
    } else if (performance.now() - stoppedAtMs > SAME_SIGNAL_MS) process.exit(STOPPED);
  });
}
try {
  const stopped = await runHeadsEvaluation(process.argv.slice(2), stop.signal);
  // onnxruntime's thread pools would keep the process.
  process.exit(stopped ? STOPPED : 0);
} catch (error) {
  console.error(`evaluate: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
}
