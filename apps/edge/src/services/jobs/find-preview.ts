import { isTerminal } from '@headwright/shared/job-state';
import { and, eq } from 'drizzle-orm';
import { assets } from '../../db/schema/assets.ts';
import { jobs } from '../../db/schema/jobs.ts';
import type { AccountContext } from '../context.ts';
import { ServiceError } from '../errors.ts';
import { visibleJobs } from '../keys/visible.ts';
import { previewKey } from './drafts.ts';

/** The newest picture of a job: the running attempt's, or the finished head's. */
export async function findPreview(ctx: AccountContext, jobId: string): Promise<ReadableStream> {
  const { db, objects } = ctx.deps;
  const [found] = await db
    .select({
      status: jobs.status,
      attempt: jobs.attempt,
      previewCount: jobs.previewCount,
      asset: assets.objectKey,
    })
    .from(jobs)
    .leftJoin(assets, and(eq(assets.jobId, jobs.id), eq(assets.name, 'preview.png')))
    .where(and(eq(jobs.id, jobId), visibleJobs(ctx.actor)));
  if (found === undefined) throw new ServiceError('resource.not_found', 'There is no such job.');
  const key = found.asset ?? (found.previewCount > 0 ? previewKey(jobId, found.attempt) : null);
  const body = key === null ? null : await objects.read(key);
  if (body !== null) return body;
  if (isTerminal(found.status))
    throw new ServiceError('resource.not_found', 'The job ended without a preview.');
  throw new ServiceError('resource.not_ready', 'The job has no preview yet.', { retryAfterSeconds: 2 });
}
