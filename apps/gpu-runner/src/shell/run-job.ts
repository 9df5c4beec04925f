import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ClaimResponse, FailRequest } from '@headwright/shared/runner/protocol';
import { createCheckpointUpload } from './checkpoint-upload.ts';
import type { Attempt, EdgeClient } from './edge-client.ts';
import { StaleAttempt } from './edge-errors.ts';
import type { EngineProcess } from './engine-process.ts';
import { fetchInputs } from './fetch-inputs.ts';
import { type LeaseEnd, holdLease } from './lease.ts';
import { publish } from './publish.ts';

export type JobOutcome = 'completed' | 'failed' | 'shutdown' | LeaseEnd;

/** A report of failure is worth this long; the edge takes the job back by itself when the lease ends. */
const FAIL_REPORT_MS = 15_000;
/** After SIGTERM the whole process has two seconds. */
const SHUTDOWN_REPORT_MS = 1_200;

/** Runs one claimed job to its end: inputs, engine, upload, complete; every failure is reported or left to the lease. */
export async function runJob(
  claim: ClaimResponse,
  client: EdgeClient,
  engine: EngineProcess,
  shutdown: AbortSignal,
): Promise<JobOutcome> {
  const attempt: Attempt = { jobId: claim.job.job_id, token: claim.attempt.token };
  const stop = new AbortController();
  let end: LeaseEnd | 'shutdown' | null = null;
  const endBy = (reason: LeaseEnd | 'shutdown'): void => {
    end ??= reason;
    stop.abort(new Error(`stopped: ${reason}`));
  };
  const onShutdown = (): void => endBy('shutdown');
  const lease = holdLease(client, attempt, claim.attempt.lease_s, endBy);
  shutdown.addEventListener('abort', onShutdown, { once: true });
  if (shutdown.aborted) onShutdown();
  const checkpoints = createCheckpointUpload(client, attempt, stop.signal);
  const workDirectory = await mkdtemp(join(tmpdir(), 'headwright-job-'));
  try {
    const { kind, prompt, negative_prompt: negativePrompt, seed, preset } = claim.job;
    const inputs = await fetchInputs(claim, client, workDirectory, stop.signal);
    const result = await engine.generate(
      { kind, prompt, negativePrompt, seed, preset, ...inputs, workDirectory },
      {
        onProgress: lease.report,
        onPreview: (path) => sendPreview(client, attempt, path, stop.signal),
        onCheckpoint: checkpoints.save,
      },
      stop.signal,
    );
    checkpoints.stop();
    await publish(client, attempt, workDirectory, result, stop.signal);
    return 'completed';
  } catch (error) {
    await engine.kill();
    const outcome = end ?? (error instanceof StaleAttempt ? 'stale' : 'failed');
    if (outcome === 'failed') console.error(`run-job: ${attempt.jobId}:`, error);
    await reportEnd(client, attempt, outcome, error);
    return outcome;
  } finally {
    checkpoints.stop();
    lease.release();
    shutdown.removeEventListener('abort', onShutdown);
    await rm(workDirectory, { recursive: true, force: true });
  }
}

/** A lost preview costs one picture: it is logged, never retried. */
function sendPreview(client: EdgeClient, attempt: Attempt, path: string, signal: AbortSignal): void {
  readFile(path)
    .then((png) => client.putPreview(attempt, png, signal))
    .catch((error: unknown) => {
      if (!signal.aborted) console.warn('run-job: a preview was not delivered:', String(error));
    });
}

async function reportEnd(
  client: EdgeClient,
  attempt: Attempt,
  outcome: JobOutcome,
  error: unknown,
): Promise<void> {
  if (outcome === 'stale' || outcome === 'lost' || outcome === 'completed') return;
  const detail = error instanceof Error ? error.message : String(error);
  const request: FailRequest =
    outcome === 'canceled'
      ? { code: 'canceled', detail: 'The job was canceled.', retryable: false }
      : outcome === 'shutdown'
        ? { code: 'shutdown', detail: 'The runner was told to stop.', retryable: true }
        : { code: 'engine_failed', detail: detail.slice(0, 2000), retryable: true };
  const timeoutMs = outcome === 'shutdown' ? SHUTDOWN_REPORT_MS : FAIL_REPORT_MS;
  try {
    await client.fail(attempt, request, AbortSignal.timeout(timeoutMs));
  } catch (reportError) {
    if (reportError instanceof StaleAttempt) return;
    console.warn('run-job: the end of the job was not reported:', String(reportError));
  }
}
