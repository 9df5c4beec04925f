import { and, eq, sql } from 'drizzle-orm';
import { assets } from '../../db/schema/assets.ts';
import type { Deps } from '../context.ts';

/** The engine state of the revision that a job edits. */
export async function findBase(deps: Deps, jobId: string): Promise<typeof assets.$inferSelect> {
  const baseJobId = sql`(select parent.job_id from revisions join revisions as parent
    on parent.id = revisions.parent_id where revisions.job_id = ${jobId})`;
  const [state] = await deps.db
    .select()
    .from(assets)
    .where(and(eq(assets.jobId, baseJobId), eq(assets.visibility, 'private')));
  if (state === undefined) throw new Error(`findBase: expected a state for job ${jobId}, got none`);
  return state;
}
