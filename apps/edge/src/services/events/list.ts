import type { EventList, EventListQuery } from '@headwright/shared/api/events';
import { sql } from 'drizzle-orm';
import type { AccountContext } from '../context.ts';
import { describeEvent } from './describe-event.ts';
import { findEvents } from './find-events.ts';

/** A page of the events of the caller's account and mode, newest first. */
export async function listEvents({ deps, actor }: AccountContext, query: EventListQuery): Promise<EventList> {
  const { accountId, mode } = actor;
  const { type, job_id: jobId, starting_after: after, limit } = query;
  const filter = { accountId, mode, type, jobId, ...(after === undefined ? {} : { id: sql`< ${after}` }) };
  const found = await findEvents(deps.db, filter, limit + 1);
  return {
    object: 'list',
    data: found.slice(0, limit).map(describeEvent),
    has_more: found.length > limit,
  };
}
