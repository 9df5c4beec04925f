import type { ErrorCode } from '@headwright/shared/error-codes';
import { Preset } from '@headwright/shared/presets';
import { and, type SQL, sql } from 'drizzle-orm';
import { type JobRow, jobs } from '../../db/schema/jobs.ts';
import type { Deps } from '../context.ts';
import { problemOf } from '../problem-of.ts';
import type { Changed } from './apply-change.ts';
import { deleteDrafts } from './drafts.ts';
import { type Transition, transition } from './transition.ts';

/** How an attempt ended that made no head. */
export interface AttemptEnd {
  /** Whether this attempt is one of the three. */
  counts: boolean;
  /** Whether what the attempt went on from may be the reason, so that the next one begins anew. */
  blamesCheckpoint: boolean;
  /** Set when no other attempt could do better. */
  final: { code: ErrorCode; detail: string; appealUrl?: string } | null;
  /** Statements of the batch that ends the job for `final`, as in `Transition`. */
  alongside?: Transition['alongside'];
}

/** Hands the job back to the queue, fails it, or settles its cancel; null when the guard no longer holds. */
export async function endAttempt(
  deps: Deps,
  job: JobRow,
  guard: SQL | undefined,
  end: AttemptEnd,
): Promise<JobRow | null> {
  const nowMs = deps.clock();
  const finished = { leaseExpiresAt: null, finishedAt: nowMs };
  const failures = job.failures + (end.counts ? 1 : 0);
  // The row was read before: the state and the count of failures decide below, so they belong to the guard.
  const where = and(guard, sql`${jobs.status} = ${job.status} and ${jobs.failures} = ${job.failures}`);
  if (job.status === 'canceling') {
    return ended(deps, await transition(deps, { to: 'canceled', where, set: finished }));
  }
  const failuresMax = deps.config.attemptLimits[Preset.parse(job.preset)].failures;
  const final: AttemptEnd['final'] =
    end.final ??
    (failures >= failuresMax
      ? { code: 'job.max_attempts' as const, detail: `${failuresMax} attempts ended without a head.` }
      : null);
  if (final !== null) {
    const appeal = final.appealUrl === undefined ? {} : { appeal_url: final.appealUrl };
    const error = { ...problemOf(final.code, final.detail), ...appeal };
    const to = final.code === 'safety.output' ? 'rejected' : 'failed';
    const alongside = end.alongside === undefined ? {} : { alongside: end.alongside };
    return ended(
      deps,
      await transition(deps, { to, where, set: { ...finished, failures, error }, ...alongside }),
    );
  }
  const isInherited = job.checkpoint !== null && job.checkpoint.attempt < job.attempt;
  const requeued = await transition(deps, {
    to: 'queued',
    where,
    set: {
      ...(end.blamesCheckpoint && isInherited ? { checkpoint: null } : {}),
      failures,
      readyRank: sql`${jobs.promotedAt}`,
      tokenHash: null,
      runner: null,
      leaseExpiresAt: null,
      progress: null,
      progressAt: null,
      previewCount: 0,
    },
  });
  return requeued?.job ?? null;
}

async function ended(deps: Deps, done: Changed | null): Promise<JobRow | null> {
  if (done === null) return null;
  await deleteDrafts(deps, done.job.id);
  return done.job;
}
