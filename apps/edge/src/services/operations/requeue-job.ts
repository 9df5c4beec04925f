import type { OperatorInput } from '@headwright/shared/operator/commands';
import { eq } from 'drizzle-orm';
import { jobs } from '../../db/schema/jobs.ts';
import type { Deps } from '../context.ts';
import { ServiceError } from '../errors.ts';
import { endAttempt } from '../jobs/end-attempt.ts';
import { holdsJob } from '../jobs/statements.ts';

/**
 * Takes a job from the runner that holds it, at no cost to the job, and gives it to the next; a canceled one is
 * settled. One that waits is called out once more. One that has ended stays as it is: final is final.
 */
export async function requeueJob(deps: Deps, { job: jobId }: OperatorInput<'jobs.requeue'>) {
  const [job] = await deps.db.select().from(jobs).where(eq(jobs.id, jobId));
  if (job === undefined) throw new ServiceError('resource.not_found', 'There is no such job.');
  if (job.finishedAt !== null) {
    throw new ServiceError(
      'input.invalid',
      `The job has ended (${job.status}), and an ended job stays ended.`,
    );
  }
  if (job.tokenHash === null || job.leaseExpiresAt === null) {
    if (job.pool !== null) await deps.doorbell.poolReady(job.pool);
    return { job: jobId, status: job.status };
  }
  const row = await endAttempt(deps, job, holdsJob(jobId, job.tokenHash), {
    counts: false,
    blamesCheckpoint: false,
    final: null,
  });
  if (row === null) throw new ServiceError('resource.busy', 'The job changed at this moment; look again.');
  return { job: jobId, status: row.status };
}
