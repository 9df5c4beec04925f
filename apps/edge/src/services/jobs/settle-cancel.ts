import type { RunnerContext } from '../context.ts';
import { deleteDrafts } from './drafts.ts';
import { holdsJob } from './statements.ts';
import { transition } from './transition.ts';

/** Ends a canceling job once its runner has reported back, by whatever report. */
export async function settleCancel(ctx: RunnerContext, jobId: string, tokenHash: string): Promise<void> {
  const row = await transition(ctx.deps, {
    to: 'canceled',
    where: holdsJob(jobId, tokenHash),
    set: { leaseExpiresAt: null, finishedAt: ctx.deps.clock() },
  });
  if (row !== null) await deleteDrafts(ctx.deps, jobId);
}
