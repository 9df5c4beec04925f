import type { Event } from '@headwright/shared/api/events';
import { EventId } from '@headwright/shared/ids';
import type { FoundEvent } from './find-events.ts';

/** An event as the API's resource. */
export function describeEvent({ id, type, data, createdAt }: FoundEvent): Event {
  const self = `/v1/events/${id}`;
  return {
    id: EventId.parse(id),
    object: 'event',
    type,
    data,
    created_at: new Date(createdAt).toISOString(),
    urls: { self, redeliver: `${self}/redeliver` },
  };
}
