import { eq } from 'drizzle-orm';
import { assets } from '../../db/schema/assets.ts';
import type { Deps } from '../context.ts';
import type { Erasable } from './erase-head.ts';

/** Removes all files of a head: first nobody can find them, then they are gone. */
export async function purgeHead(
  { db, objects }: Deps,
  { id, accountId }: Pick<Erasable, 'id' | 'accountId'>,
): Promise<void> {
  await db.delete(assets).where(eq(assets.headId, id));
  await objects.deletePrefix(`${accountId}/${id}/`);
}
