import { z } from 'zod';
import { EVENT_TYPES, type EventType } from '../event-types.ts';
import { EVENT_DATA } from './event-data.ts';

/** The body of a request to an endpoint that tells an event of one type. */
function payloadOf<T extends EventType>(type: T) {
  return z.object({
    type: z.literal(type),
    timestamp: z.iso.datetime().describe('When it happened; `webhook-timestamp` is when this was sent.'),
    data: EVENT_DATA[type],
  });
}

/** What an endpoint receives, for each type of event. */
export const WEBHOOK_PAYLOADS = EVENT_TYPES.map((type) => ({ type, schema: payloadOf(type) }));

/** The body of any request to an endpoint: `type` says which. */
export const WebhookPayload = z
  .discriminatedUnion('type', [
    payloadOf('job.queued'),
    payloadOf('job.running'),
    payloadOf('job.canceling'),
    payloadOf('job.succeeded'),
    payloadOf('job.failed'),
    payloadOf('job.rejected'),
    payloadOf('job.canceled'),
    payloadOf('job.expired'),
    payloadOf('head.deleted'),
    payloadOf('usage.threshold'),
    payloadOf('endpoint.disabled'),
    payloadOf('endpoint.test'),
  ])
  .meta({ id: 'WebhookPayload' });
export type WebhookPayload = z.infer<typeof WebhookPayload>;
