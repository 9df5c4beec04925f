import type { Preset } from '@headwright/shared/presets';
import type { OutputCheck } from '../moderation/open-output-check.ts';
import { delay } from './delay.ts';
import type { EdgeClient } from './edge-client.ts';
import type { EngineProcess } from './engine-process.ts';
import { backoffMs } from './retry.ts';
import { runJob } from './run-job.ts';

export interface ClaimLoopOptions {
  readonly client: EdgeClient;
  readonly runnerName: string;
  readonly presets: readonly Preset[];
  /** The version of the model that its engine has. */
  readonly model: string;
  /** Takes the magic prompts of test mode, and nothing else. */
  readonly isScripted: boolean;
  readonly startEngine: () => EngineProcess;
  /** What every picture passes before it is uploaded. */
  readonly check: OutputCheck;
  readonly shutdown: AbortSignal;
  readonly log: (line: string) => void;
}

const CLAIM_WAIT_S = 20;

/**
 * Claims and runs jobs, one at a time, until told to stop. An engine with loaded models always
 * waits, so a runner whose teacher is refused never claims: the loop rejects instead.
 */
export async function claimLoop(options: ClaimLoopOptions): Promise<void> {
  const { client, shutdown, log } = options;
  let engine = options.startEngine();
  let failureCount = 0;
  try {
    await engine.ready;
    log('ready');
    while (!shutdown.aborted) {
      try {
        const claim = await client.claim(
          {
            runner: options.runnerName,
            presets: [...options.presets],
            models: [options.model],
            ...(options.isScripted ? { scripted: true } : {}),
            wait_s: CLAIM_WAIT_S,
          },
          shutdown,
        );
        failureCount = 0;
        if (claim === null) continue;
        log(`${claim.job.job_id} attempt ${claim.attempt.number}: started (${claim.job.preset})`);
        if (!engine.isAlive()) engine = options.startEngine();
        const outcome = await runJob(claim, client, engine, options.check, shutdown);
        log(`${claim.job.job_id} attempt ${claim.attempt.number}: ${outcome}`);
      } catch (error) {
        if (shutdown.aborted) break;
        log(`claim failed: ${error instanceof Error ? error.message : String(error)}`);
        await delay(backoffMs(++failureCount, Math.random()), shutdown).catch(() => {});
        continue;
      }
      if (shutdown.aborted) break;
      engine = options.startEngine();
      await engine.ready;
    }
  } finally {
    await engine.kill();
  }
}
