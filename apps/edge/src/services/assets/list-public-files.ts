import { and, eq } from 'drizzle-orm';
import { among } from '../../db/among.ts';
import type { Database } from '../../db/client.ts';
import { assets } from '../../db/schema/assets.ts';

/** The finished files of jobs that their owner may see, by job and in the order of their names. */
export async function listPublicFiles(
  db: Database,
  jobIds: readonly string[],
): Promise<(jobId: string) => (typeof assets.$inferSelect)[]> {
  const found = await db
    .select()
    .from(assets)
    .where(and(among(assets.jobId, jobIds), eq(assets.visibility, 'public')))
    .orderBy(assets.name);
  const byJob = Map.groupBy(found, ({ jobId }) => jobId);
  return (jobId) => byJob.get(jobId) ?? [];
}
