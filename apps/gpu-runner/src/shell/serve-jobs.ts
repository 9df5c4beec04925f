import type { RunnerEnv } from '../env.ts';
import { createOutputCheck, openNsfwJudge } from '../moderation/open-output-check.ts';
import { claimLoop } from './claim-loop.ts';
import { createEdgeClient } from './edge-client.ts';
import { startEngine } from './engine-process.ts';
import { judgeScripted } from './scripted/canned-head.ts';
import { removeLeftovers } from './work-directory.ts';

const SCRIPTED_ENTRY = new URL('./scripted/scripted-engine-child.ts', import.meta.url);

/** After a signal the job is handed back and the process ends within this time. */
const SHUTDOWN_MAX_MS = 1_800;

/**
 * Runs the runner until SIGTERM or SIGINT: the engine is killed, its job handed back, and the
 * process ends within two seconds. `engineEntry` exists for tests that script the engine.
 */
export async function serveJobs(env: RunnerEnv, engineEntry?: URL): Promise<void> {
  const log = (line: string): void => console.log(`[${env.RUNNER_NAME}] ${line}`);
  const shutdown = new AbortController();
  const stop = (): void => {
    if (shutdown.signal.aborted) return;
    log('stopping');
    shutdown.abort(new Error('the runner was told to stop'));
    setTimeout(() => process.exit(1), SHUTDOWN_MAX_MS).unref();
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  // Started by another process of ours (npm start): its end is ours too.
  if (process.connected) process.on('disconnect', stop);
  const leftoverCount = await removeLeftovers();
  if (leftoverCount > 0) log(`removed ${leftoverCount} work folders of runners that died`);
  // Without its check a runner shall not work.
  const isScripted = env.ENGINE === 'scripted';
  const check = createOutputCheck(isScripted ? judgeScripted : await openNsfwJudge(env.MODERATION_DIR));
  const entry = engineEntry ?? (isScripted ? SCRIPTED_ENTRY : undefined);
  await claimLoop({
    client: createEdgeClient(env.EDGE_URL, env.RUNNER_KEY),
    runnerName: env.RUNNER_NAME,
    presets: env.PRESETS,
    model: env.MODEL,
    isScripted,
    check,
    startEngine: () =>
      startEngine({
        teacherDirectory: env.TEACHER_DIR,
        headTemplateDirectory: env.HEAD_TEMPLATE_DIR,
        ...(entry === undefined ? {} : { entry }),
      }),
    shutdown: shutdown.signal,
    log,
  });
  process.exit(0);
}
