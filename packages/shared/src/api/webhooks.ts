import { z } from 'zod';
import { EventType, SubscribableEventType } from '../event-types.ts';
import { DeliveryId, EventId, WebhookEndpointId } from '../ids.ts';
import { listOf, pageQuery } from './page.ts';

/** What came of one request to an endpoint. */
export const ATTEMPT_OUTCOMES = [
  'unfinished',
  'delivered',
  'http_error',
  'redirected',
  'timed_out',
  'unresolved',
  'refused_address',
  'failed',
] as const;

const EndpointUrl = z
  .url()
  .max(2048)
  .describe('Where events are posted to. https only, a public host, no user name, password or fragment.');

const EventTypes = z
  .array(SubscribableEventType)
  .min(1)
  .refine((types) => new Set(types).size === types.length, { error: 'must not name a type twice' });

const Description = z.string().trim().max(200).describe('For people; up to 200 characters.');

/** Body of `POST /v1/webhook_endpoints`. */
export const CreateWebhookEndpointRequest = z
  .strictObject({
    url: EndpointUrl,
    description: Description.optional(),
    event_types: EventTypes.optional().describe('All but `job.running` unless given.'),
  })
  .meta({ id: 'CreateWebhookEndpointRequest' });
export type CreateWebhookEndpointRequest = z.infer<typeof CreateWebhookEndpointRequest>;

/** Body of `PATCH /v1/webhook_endpoints/{id}`. What is left out stays. */
export const UpdateWebhookEndpointRequest = z
  .strictObject({
    url: EndpointUrl.optional(),
    description: Description.nullable().optional(),
    event_types: EventTypes.optional(),
    status: z
      .enum(['enabled', 'disabled'])
      .optional()
      .describe('`enabled` also forgives past failures. A disabled endpoint misses the events of that time.'),
  })
  .meta({ id: 'UpdateWebhookEndpointRequest' });
export type UpdateWebhookEndpointRequest = z.infer<typeof UpdateWebhookEndpointRequest>;

/** Where an account wants to be told of events. */
export const WebhookEndpoint = z
  .object({
    id: WebhookEndpointId,
    object: z.literal('webhook_endpoint'),
    url: z.string(),
    description: z.string().nullable(),
    event_types: z.array(SubscribableEventType),
    status: z.enum(['enabled', 'disabled']),
    disabled_reason: z
      .enum(['gone', 'failing', 'asked'])
      .nullable()
      .describe(
        '`gone`: it answered 410. `failing`: every attempt of five days failed. `asked`: its owner disabled it.',
      ),
    failing_since: z.iso
      .datetime()
      .nullable()
      .describe('The first failed attempt since the last one that succeeded.'),
    previous_secret_expires_at: z.iso
      .datetime()
      .nullable()
      .describe('Until then requests are signed with the secret before the rotation, too.'),
    created_at: z.iso.datetime(),
    urls: z.object({ self: z.string(), deliveries: z.string() }),
  })
  .meta({ id: 'WebhookEndpoint' });
export type WebhookEndpoint = z.infer<typeof WebhookEndpoint>;

/** An endpoint with its secret, which no other answer shows. */
export const WebhookEndpointWithSecret = WebhookEndpoint.extend({
  secret: z
    .string()
    .describe('`whsec_` and the signing key in base64, of Standard Webhooks. Shown this once.'),
}).meta({ id: 'WebhookEndpointWithSecret' });
export type WebhookEndpointWithSecret = z.infer<typeof WebhookEndpointWithSecret>;

/** Query of `GET /v1/webhook_endpoints`. */
export const WebhookEndpointListQuery = z
  .strictObject({
    ...pageQuery(WebhookEndpointId),
  })
  .meta({ id: 'WebhookEndpointListQuery' });
export type WebhookEndpointListQuery = z.infer<typeof WebhookEndpointListQuery>;

/** A page of endpoints, newest first. */
export const WebhookEndpointList = listOf(WebhookEndpoint).meta({ id: 'WebhookEndpointList' });
export type WebhookEndpointList = z.infer<typeof WebhookEndpointList>;

/** One request to an endpoint. */
const DeliveryAttempt = z
  .object({
    number: z.int().describe('1, 2, 3 … within the delivery; a redelivery goes on counting.'),
    outcome: z
      .enum(ATTEMPT_OUTCOMES)
      .describe(
        '`unfinished`: under way, or lost in a restart. `redirected`: redirects are not followed. `refused_address`: the host is not public.',
      ),
    status_code: z.int().nullable(),
    detail: z.string().nullable().describe('What went wrong, in a sentence.'),
    response_excerpt: z
      .string()
      .nullable()
      .describe('The beginning of an answer that was no success, up to 500 characters.'),
    started_at: z.iso.datetime(),
    duration_ms: z.int().nullable(),
  })
  .meta({ id: 'DeliveryAttempt' });

/** One event on its way to one endpoint, with the log of its attempts. */
export const Delivery = z
  .object({
    id: DeliveryId,
    object: z.literal('delivery'),
    event_id: EventId,
    event_type: EventType,
    endpoint_id: WebhookEndpointId,
    status: z
      .enum(['pending', 'succeeded', 'failed', 'dropped'])
      .describe(
        '`failed`: the last attempt of the schedule failed. `dropped`: the endpoint was disabled first.',
      ),
    next_attempt_at: z.iso.datetime().nullable(),
    attempts: z.array(DeliveryAttempt).describe('The newest ten, oldest first.'),
    created_at: z.iso.datetime(),
    urls: z.object({ event: z.string(), endpoint: z.string() }),
  })
  .meta({ id: 'Delivery' });
export type Delivery = z.infer<typeof Delivery>;

/** Body of `POST /v1/webhook_endpoints/{id}/redeliver`. */
export const RedeliverMissedRequest = z
  .strictObject({
    since: z.iso.datetime({ offset: true }).describe('Events from this instant on, of the last 30 days.'),
    until: z.iso.datetime({ offset: true }).optional().describe('And up to this one.'),
  })
  .meta({ id: 'RedeliverMissedRequest' });
export type RedeliverMissedRequest = z.infer<typeof RedeliverMissedRequest>;

/** What is under way again. */
export const RedeliverMissedResponse = z
  .object({
    object: z.literal('redelivery'),
    count: z.int().describe('Deliveries that begin anew.'),
    has_more: z.boolean().describe('Whether more were missed: ask again.'),
    urls: z.object({ endpoint: z.string(), deliveries: z.string() }),
  })
  .meta({ id: 'RedeliverMissedResponse' });
export type RedeliverMissedResponse = z.infer<typeof RedeliverMissedResponse>;

/** Query of `GET /v1/webhook_endpoints/{id}/deliveries`. */
export const DeliveryListQuery = z
  .strictObject({
    status: z.enum(['pending', 'succeeded', 'failed', 'dropped']).optional(),
    ...pageQuery(DeliveryId),
  })
  .meta({ id: 'DeliveryListQuery' });
export type DeliveryListQuery = z.infer<typeof DeliveryListQuery>;

/** A page of an endpoint's deliveries, newest first. Kept for 30 days. */
export const DeliveryList = listOf(Delivery).meta({ id: 'DeliveryList' });
export type DeliveryList = z.infer<typeof DeliveryList>;
