import type { KeyList, KeyListQuery } from '@headwright/shared/api/keys';
import { and, desc, lt } from 'drizzle-orm';
import { apiKeys } from '../../db/schema/api-keys.ts';
import type { AccountContext } from '../context.ts';
import { describeKey } from './describe-key.ts';
import { visibleKeys } from './get.ts';

/** A page of the account's keys of the caller's mode, newest first. */
export async function listKeys({ deps, actor }: AccountContext, query: KeyListQuery): Promise<KeyList> {
  const after = query.starting_after;
  const found = await deps.db
    .select()
    .from(apiKeys)
    .where(and(visibleKeys(actor), after === undefined ? undefined : lt(apiKeys.id, after)))
    .orderBy(desc(apiKeys.id))
    .limit(query.limit + 1);
  const nowMs = deps.clock();
  return {
    object: 'list',
    data: found.slice(0, query.limit).map((row) => describeKey(row, nowMs)),
    has_more: found.length > query.limit,
  };
}
