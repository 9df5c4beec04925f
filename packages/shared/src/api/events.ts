import { z } from 'zod';
import { EventType } from '../event-types.ts';
import { EventId, HeadId, JobId, WebhookEndpointId } from '../ids.ts';
import { JobStatus } from '../job-state.ts';
import { PAGE_DEFAULT_LENGTH, PAGE_MAX_LENGTH } from '../limits.ts';
import { Delivery } from './webhooks.ts';

/** What a job's event says; look the job up for more. */
export const JobEventData = z
  .object({
    job: JobId,
    head: HeadId,
    status: JobStatus,
    sequence: z.int().describe('1, 2, 3 … within the job, without holes: orders what arrives out of order.'),
    urls: z.object({ job: z.string(), head: z.string() }),
  })
  .meta({ id: 'JobEventData' });
export type JobEventData = z.infer<typeof JobEventData>;

const EventData = z
  .union([JobEventData, z.record(z.string(), z.unknown())])
  .describe('Of a job, or what the type of an account’s event says: ids and addresses.');

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

/** The body that an endpoint receives. */
export const WebhookPayload = z
  .object({
    type: EventType,
    timestamp: z.iso.datetime().describe('When it happened; `webhook-timestamp` is when this was sent.'),
    data: EventData,
  })
  .meta({ id: 'WebhookPayload' });
export type WebhookPayload = z.infer<typeof WebhookPayload>;

/** Query of `GET /v1/events`. */
export const EventListQuery = z
  .strictObject({
    type: EventType.optional(),
    job_id: JobId.optional(),
    limit: z.coerce.number().int().min(1).max(PAGE_MAX_LENGTH).default(PAGE_DEFAULT_LENGTH),
    starting_after: EventId.optional().describe('Goes on behind this event.'),
  })
  .meta({ id: 'EventListQuery' });
export type EventListQuery = z.infer<typeof EventListQuery>;

/** A page of events, newest first. */
export const EventList = z
  .object({ object: z.literal('list'), data: z.array(Event), has_more: z.boolean() })
  .meta({ id: 'EventList' });
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
