import { z } from 'zod';
import { EventType } from '../event-types.ts';
import { EventId, JobId, WebhookEndpointId } from '../ids.ts';
import { EventData } from './event-data.ts';
import { listOf, pageQuery } from './page.ts';
import { Delivery } from './webhooks.ts';

/** Something that happened. Events are never changed and never removed. */
export const Event = z
  .object({
    id: EventId.describe('Also in the header `webhook-id` of each delivery.'),
    object: z.literal('event'),
    type: EventType,
    data: EventData,
    created_at: z.iso.datetime(),
    urls: z.object({ self: z.string(), redeliver: z.string() }),
  })
  .meta({ id: 'Event' });
export type Event = z.infer<typeof Event>;

/** Query of `GET /v1/events`. */
export const EventListQuery = z
  .strictObject({
    type: EventType.optional(),
    job_id: JobId.optional(),
    ...pageQuery(EventId),
  })
  .meta({ id: 'EventListQuery' });
export type EventListQuery = z.infer<typeof EventListQuery>;

/** A page of events, newest first. */
export const EventList = listOf(Event).meta({ id: 'EventList' });
export type EventList = z.infer<typeof EventList>;

/** Body of `POST /v1/events/{id}/redeliver`. */
export const RedeliverEventRequest = z
  .strictObject({
    endpoint_id: WebhookEndpointId.optional().describe(
      'To this endpoint, whatever it subscribed to. Otherwise to every enabled one that subscribed to the type.',
    ),
  })
  .meta({ id: 'RedeliverEventRequest' });
export type RedeliverEventRequest = z.infer<typeof RedeliverEventRequest>;

/** The deliveries that begin anew, with an empty list when no endpoint wants the event. */
export const RedeliverEventResponse = z
  .object({ object: z.literal('list'), data: z.array(Delivery), has_more: z.literal(false) })
  .meta({ id: 'RedeliverEventResponse' });
export type RedeliverEventResponse = z.infer<typeof RedeliverEventResponse>;
