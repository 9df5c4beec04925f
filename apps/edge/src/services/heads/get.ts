import type { Head } from '@headwright/shared/api/heads';
import { and, eq, sql } from 'drizzle-orm';
import { assets } from '../../db/schema/assets.ts';
import { heads } from '../../db/schema/heads.ts';
import { jobs } from '../../db/schema/jobs.ts';
import type { AccountContext } from '../context.ts';
import { ServiceError } from '../errors.ts';
import { describeHead } from './describe-head.ts';

/** D1 answers a batch with objects, in which a second column named `id` would overwrite the first. */
const JOB_ID = sql<string>`${jobs.id}`.as('job_id');

/** One of the account's own heads; anybody else's does not exist. */
export async function getHead(ctx: AccountContext, headId: string): Promise<Head> {
  const { db } = ctx.deps;
  const mine = and(eq(heads.id, headId), eq(heads.accountId, ctx.actor.accountId));
  const [[found], files] = await db.batch([
    db
      .select({ head: heads, job: { id: JOB_ID, status: jobs.status } })
      .from(heads)
      .innerJoin(jobs, eq(jobs.headId, heads.id))
      .where(mine),
    db
      .select()
      .from(assets)
      .where(and(eq(assets.headId, headId), eq(assets.accountId, ctx.actor.accountId)))
      .orderBy(assets.name),
  ]);
  if (found === undefined) throw new ServiceError('resource.not_found', 'There is no such head.');
  return describeHead(found.head, found.job, files);
}
