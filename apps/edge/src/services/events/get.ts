import type { Event } from '@headwright/shared/api/events';
import { sql } from 'drizzle-orm';
import type { AccountContext } from '../context.ts';
import { ServiceError } from '../errors.ts';
import { describeEvent } from './describe-event.ts';
import { type FoundEvent, findEvents } from './find-events.ts';

/** One event of the caller's account and mode, in the form in which it is sent. */
export async function findEvent({ deps, actor }: AccountContext, eventId: string): Promise<FoundEvent> {
  const { accountId, mode } = actor;
  const [event] = await findEvents(deps.db, { accountId, mode, id: sql`= ${eventId}` }, 1);
  if (event === undefined) throw new ServiceError('resource.not_found', 'There is no such event.');
  return event;
}

/** One event of the caller's account and mode. */
export async function getEvent(ctx: AccountContext, eventId: string): Promise<Event> {
  return describeEvent(await findEvent(ctx, eventId));
}
