import type { Head, UpdateHeadRequest } from '@headwright/shared/api/heads';
import { METADATA_MAX_KEYS } from '@headwright/shared/limits';
import { and, eq, isNull, type SQL, sql } from 'drizzle-orm';
import { heads } from '../../db/schema/heads.ts';
import type { AccountContext } from '../context.ts';
import { ServiceError } from '../errors.ts';
import { visibleHeads } from '../keys/visible.ts';
import { getHead } from './get.ts';

/** Changes the developer's own facts about a head; never what it looks like. */
export async function updateHead(
  ctx: AccountContext,
  headId: string,
  input: UpdateHeadRequest,
): Promise<Head> {
  // Merged by the database, so that two changes at once both count.
  const merged = sql`json_patch(${heads.metadata}, ${JSON.stringify(input.metadata ?? {})})`;
  const changes: { name?: string | null; metadata?: SQL } = {};
  if (input.name !== undefined) changes.name = input.name;
  if (input.metadata !== undefined) changes.metadata = merged;
  if (Object.keys(changes).length === 0) return getHead(ctx, headId);
  const [changed] = await ctx.deps.db
    .update(heads)
    .set(changes)
    .where(
      and(
        eq(heads.id, headId),
        visibleHeads(ctx.actor),
        isNull(heads.deletedAt),
        sql`(select count(*) from json_each(${merged})) <= ${METADATA_MAX_KEYS}`,
      ),
    )
    .returning({ id: heads.id });
  const head = await getHead(ctx, headId);
  if (changed !== undefined) return head;
  const detail = `must have at most ${METADATA_MAX_KEYS} keys with those that are there`;
  throw new ServiceError('input.invalid', `/metadata ${detail}`, {
    errors: [{ pointer: '/metadata', code: 'too_big', detail }],
  });
}
