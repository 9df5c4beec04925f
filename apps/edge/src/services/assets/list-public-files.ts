import { and, eq } from 'drizzle-orm';
import { among } from '../../db/among.ts';
import { assets } from '../../db/schema/assets.ts';
import { exports } from '../../db/schema/exports.ts';
import { revisions } from '../../db/schema/revisions.ts';
import type { AccountContext } from '../context.ts';
import { mayRead } from '../keys/rendition-reach.ts';
import { newestByName } from './newest-by-name.ts';

/**
 * The finished files of revisions that the actor may see, by the job that made each revision, in the order of their
 * names. Of files that were exported twice, the newer.
 */
export async function listPublicFiles(
  { actor, deps: { db } }: AccountContext,
  jobIds: readonly string[],
): Promise<(jobId: string) => (typeof assets.$inferSelect)[]> {
  const isPublic = eq(assets.visibility, 'public');
  const [own, exported] = await Promise.all([
    db
      .select()
      .from(assets)
      .where(and(among(assets.jobId, jobIds), isPublic)),
    db
      .select({ file: assets, jobId: revisions.jobId })
      .from(revisions)
      .innerJoin(exports, eq(exports.revisionId, revisions.id))
      .innerJoin(assets, and(eq(assets.jobId, exports.jobId), isPublic))
      .where(among(revisions.jobId, jobIds)),
  ]);
  const all = [...own.map((file) => ({ file, jobId: file.jobId })), ...exported].filter(({ file }) =>
    mayRead(actor, file.name),
  );
  const byJob = Map.groupBy(all, ({ jobId }) => jobId);
  return (jobId) => newestByName((byJob.get(jobId) ?? []).map(({ file }) => file));
}
