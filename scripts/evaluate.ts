/**
 * Compares ways of making heads: all methods and ablations from the same prompts at equal samples.
 *
 *     npm run evaluate -- [tune | tally FILE.csv …] [options]
 */
import { runHeadsEvaluation } from '../apps/gpu-runner/src/evaluation/heads/heads-command.ts';

const STOPPED = 130;
const stop = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) {
  process.on(name, () => {
    // A second signal does not wait for the step at hand.
    if (stop.signal.aborted) process.exit(STOPPED);
    stop.abort(new Error('stopped'));
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
