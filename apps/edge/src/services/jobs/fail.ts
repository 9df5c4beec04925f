import { isTerminal, type JobStatus } from '@headwright/shared/job-state';
import type { FailRequest } from '@headwright/shared/runner/protocol';
import { and, eq } from 'drizzle-orm';
import { jobs } from '../../db/schema/jobs.ts';
import type { Deps, RunnerContext } from '../context.ts';
import { ServiceError } from '../errors.ts';
import { appealUrl } from '../moderation/describe-flag.ts';
import { flagOutput } from '../moderation/flag-output.ts';
import { type AttemptEnd, endAttempt } from './end-attempt.ts';
import { holdsJob } from './statements.ts';

/** A runner that stops in good order costs the job nothing, unless it happens without end. */
const FREE_SHUTDOWNS = 10;

function judge(deps: Deps, request: FailRequest, attempt: number): AttemptEnd {
  switch (request.code) {
    case 'shutdown':
    case 'canceled':
      return { counts: attempt > FREE_SHUTDOWNS, blamesCheckpoint: false, final: null };
    case 'engine_failed':
    case 'invalid_job': {
      const final = { code: 'job.engine_failed' as const, detail: 'The engine could not make this head.' };
      const isFinal = !request.retryable || request.code === 'invalid_job';
      return { counts: true, blamesCheckpoint: true, final: isFinal ? final : null };
    }
    case 'rejected': {
      const flagId = deps.ids.create('flag');
      const detail = 'A picture of the head did not pass moderation. Nothing of it was kept.';
      return {
        counts: false,
        blamesCheckpoint: false,
        final: { code: 'safety.output', detail, appealUrl: appealUrl(flagId) },
        alongside: (eventId) => [flagOutput(deps, flagId, eventId)],
      };
    }
  }
}

/** Takes a runner's report that its attempt made no head. Repeating it after the job's end changes nothing. */
export async function failJob(
  ctx: RunnerContext,
  jobId: string,
  tokenHash: string,
  request: FailRequest,
): Promise<JobStatus> {
  const { db, log } = ctx.deps;
  // A cancel may come between reading and writing; it can do so once.
  for (let round = 0; round < 2; round++) {
    const [job] = await db
      .select()
      .from(jobs)
      .where(and(eq(jobs.id, jobId), eq(jobs.tokenHash, tokenHash)));
    if (job === undefined) break;
    if (isTerminal(job.status)) {
      if (job.status === 'succeeded') break;
      return job.status;
    }
    const row = await endAttempt(
      ctx.deps,
      job,
      holdsJob(jobId, tokenHash),
      judge(ctx.deps, request, job.attempt),
    );
    if (row !== null) {
      log.info('attempt failed', { jobId, attempt: job.attempt, code: request.code, detail: request.detail });
      return row.status;
    }
  }
  throw new ServiceError('attempt.stale');
}
