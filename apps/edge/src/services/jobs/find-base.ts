import { and, eq, sql } from 'drizzle-orm';
import { assets } from '../../db/schema/assets.ts';
import type { Deps } from '../context.ts';

/** The engine state of the revision that a job edits or exports. */
export async function findBase(deps: Deps, jobId: string): Promise<typeof assets.$inferSelect> {
  const baseId = sql`coalesce((select revision_id from exports where job_id = ${jobId}),
    (select parent_id from revisions where job_id = ${jobId}))`;
  const baseJobId = sql`(select revisions.job_id from revisions where revisions.id = ${baseId})`;
  const [state] = await deps.db
    .select()
    .from(assets)
    .where(and(eq(assets.jobId, baseJobId), eq(assets.visibility, 'private')));
  if (state === undefined) throw new Error(`findBase: expected a state for job ${jobId}, got none`);
  return state;
}
