import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ClaimResponse, FailRequest, FileRecord } from '@headwright/shared/runner/protocol';
import { type OutputCheck, RejectedOutput } from '../moderation/open-output-check.ts';
import { createCheckpointUpload } from './checkpoint-upload.ts';
import type { Attempt, EdgeClient } from './edge-client.ts';
import { StaleAttempt } from './edge-errors.ts';
import type { EngineProcess } from './engine-process.ts';
import { FinalFailure } from './final-failure.ts';
import { fetchInputs } from './fetch-inputs.ts';
import { type LeaseEnd, holdLease } from './lease.ts';
import { createPreviewUpload } from './preview-upload.ts';
import { publish } from './publish.ts';
import { createWorkDirectory } from './work-directory.ts';

export type JobOutcome = 'completed' | 'failed' | 'rejected' | 'shutdown' | LeaseEnd;

/** A report of failure is worth this long; the edge takes the job back by itself when the lease ends. */
const FAIL_REPORT_MS = 15_000;
/** After SIGTERM the whole process has two seconds. */
const SHUTDOWN_REPORT_MS = 1_200;

/**
 * Runs one claimed job to its end: inputs, engine, check, upload, complete; every failure is reported or left to the
 * lease. No picture leaves this machine before `check` has passed it.
 */
export async function runJob(
  claim: ClaimResponse,
  client: EdgeClient,
  engine: EngineProcess,
  check: OutputCheck,
  shutdown: AbortSignal,
): Promise<JobOutcome> {
  const attempt: Attempt = { jobId: claim.job.job_id, token: claim.attempt.token };
  const stop = new AbortController();
  let end: LeaseEnd | 'shutdown' | 'rejected' | null = null;
  const endBy = (reason: LeaseEnd | 'shutdown' | 'rejected'): void => {
    end ??= reason;
    stop.abort(new Error(`stopped: ${reason}`));
  };
  const onShutdown = (): void => endBy('shutdown');
  const lease = holdLease(client, attempt, claim.attempt.lease_s, endBy);
  shutdown.addEventListener('abort', onShutdown, { once: true });
  if (shutdown.aborted) onShutdown();
  const checkpoints = createCheckpointUpload(client, attempt, stop.signal);
  const previews = createPreviewUpload(client, attempt, check, () => endBy('rejected'), stop.signal);
  let workDirectory: string | null = null;
  try {
    // Inside, so that a full disk ends the lease, too, and not only the attempt.
    workDirectory = await createWorkDirectory();
    const { job_id: _, head_id: __, model: ___, negative_prompt: negativePrompt, ...wish } = claim.job;
    const inputs = await fetchInputs(claim, client, workDirectory, stop.signal);
    const result = await engine.generate(
      { ...wish, negativePrompt, attempt: claim.attempt.number, ...inputs, workDirectory },
      {
        onProgress: lease.report,
        onPreview: previews.send,
        onCheckpoint: checkpoints.save,
      },
      stop.signal,
    );
    checkpoints.stop();
    // A preview that is still being looked at has a say, too.
    await previews.settled();
    stop.signal.throwIfAborted();
    await checkPictures(workDirectory, result.files, check);
    await publish(client, attempt, workDirectory, result, stop.signal);
    return 'completed';
  } catch (error) {
    await engine.kill();
    const outcome = end ?? outcomeOf(error);
    if (outcome === 'failed') console.error(`run-job: ${attempt.jobId}:`, error);
    await reportEnd(client, attempt, outcome, error);
    return outcome;
  } finally {
    checkpoints.stop();
    lease.release();
    shutdown.removeEventListener('abort', onShutdown);
    if (workDirectory !== null) await rm(workDirectory, { recursive: true, force: true });
  }
}

function outcomeOf(error: unknown): JobOutcome {
  if (error instanceof RejectedOutput) return 'rejected';
  return error instanceof StaleAttempt ? 'stale' : 'failed';
}

/** Passes every picture of a finished head through the check; rejects at the first that is refused. */
async function checkPictures(
  workDirectory: string,
  files: readonly FileRecord[],
  check: OutputCheck,
): Promise<void> {
  for (const { name, content_type: contentType } of files) {
    if (contentType.startsWith('image/')) await check(await readFile(join(workDirectory, name)));
  }
}

async function reportEnd(
  client: EdgeClient,
  attempt: Attempt,
  outcome: JobOutcome,
  error: unknown,
): Promise<void> {
  if (outcome === 'stale' || outcome === 'lost' || outcome === 'completed') return;
  const detail = error instanceof Error ? error.message : String(error);
  const request: FailRequest = {
    canceled: { code: 'canceled' as const, detail: 'The job was canceled.', retryable: false },
    shutdown: { code: 'shutdown' as const, detail: 'The runner was told to stop.', retryable: true },
    rejected: { code: 'rejected' as const, detail: 'A picture was refused.', retryable: false },
    failed: {
      code: 'engine_failed' as const,
      detail: detail.slice(0, 2000),
      retryable: !(error instanceof FinalFailure),
    },
  }[outcome];
  const timeoutMs = outcome === 'shutdown' ? SHUTDOWN_REPORT_MS : FAIL_REPORT_MS;
  try {
    await client.fail(attempt, request, AbortSignal.timeout(timeoutMs));
  } catch (reportError) {
    if (reportError instanceof StaleAttempt) return;
    console.warn('run-job: the end of the job was not reported:', String(reportError));
  }
}
