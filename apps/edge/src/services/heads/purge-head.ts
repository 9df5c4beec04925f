import { eq } from 'drizzle-orm';
import { assets } from '../../db/schema/assets.ts';
import type { Deps } from '../context.ts';

/** Removes all files of a head: first nobody can find them, then they are gone. */
export async function purgeHead(
  { db, objects }: Deps,
  { id, accountId }: { id: string; accountId: string },
): Promise<void> {
  await db.delete(assets).where(eq(assets.headId, id));
  await objects.deletePrefix(`${accountId}/${id}/`);
}
