import { WEBHOOK_PAYLOADS, WebhookPayload } from '@headwright/shared/api/webhook-payloads';
import { DEFAULT_EVENT_TYPES, type EventType } from '@headwright/shared/event-types';
import type { SchemaCollector } from './json-schema.ts';
import type { Operation, Parameter } from './openapi-document.ts';

/** Headers of each request to an endpoint. References: Standard Webhooks. */
const HEADERS: Parameter[] = Object.entries({
  'webhook-id': 'The id of the event: the same in every attempt, so drop what you have seen.',
  'webhook-timestamp': 'When this attempt was sent, in seconds since 1970.',
  'webhook-signature': '`v1,` and the signature in base64; one for each valid secret, separated by spaces.',
}).map(([name, description]) => ({
  name,
  in: 'header',
  required: true,
  description,
  schema: { type: 'string' },
}));

const SUMMARIES: Readonly<Record<EventType, string>> = {
  'job.queued': 'A job waits',
  'job.running': 'A job has begun',
  'job.canceling': 'A job is being canceled',
  'job.succeeded': 'A job has succeeded',
  'job.failed': 'A job has failed',
  'job.rejected': 'A job was rejected by moderation',
  'job.canceled': 'A job was canceled',
  'job.expired': 'A job has expired',
  'head.deleted': 'A head was deleted',
  'usage.threshold': 'The monthly cap comes near',
  'endpoint.disabled': 'Another endpoint was disabled',
  'endpoint.test': 'A test that you asked for',
};

/** When an endpoint gets events of a type. */
function descriptionOf(type: EventType): string {
  if (DEFAULT_EVENT_TYPES.some((each) => each === type)) return 'Sent unless the endpoint asks for others.';
  if (type === 'job.running') return 'Sent to endpoints that ask for it.';
  if (type === 'endpoint.test')
    return 'Sent by `POST /v1/webhook_endpoints/{id}/test`, to that endpoint alone.';
  return 'Sent only when you redeliver the event to one endpoint.';
}

/** `job.succeeded` → `onJobSucceeded` */
const operationId = (type: EventType) =>
  `on${type.replaceAll(/(?:^|\.)(\w)/g, (_, letter: string) => letter.toUpperCase())}`;

/**
 * The requests that we make, one for each type of event.
 *
 * References: OpenAPI 3.1.1, 4.8.1 `webhooks`; Standard Webhooks.
 */
export function webhooksOf(collector: SchemaCollector): Record<string, { post: Operation }> {
  // The union of all: what a receiver's code begins with.
  collector.convert(WebhookPayload, 'output');
  const entries = WEBHOOK_PAYLOADS.map(({ type, schema }): [string, { post: Operation }] => [
    type,
    {
      post: {
        operationId: operationId(type),
        tags: ['Webhooks'],
        summary: SUMMARIES[type],
        description: descriptionOf(type),
        security: [],
        parameters: HEADERS,
        requestBody: {
          required: true,
          content: { 'application/json': { schema: collector.convert(schema, 'output') } },
        },
        responses: {
          '2XX': { description: 'Taken, within 15 seconds.' },
          '410': { description: 'Disables the endpoint.' },
          default: { description: 'Anything else, a redirect too, is tried again: eight times in 28 hours.' },
        },
      },
    },
  ]);
  return Object.fromEntries(entries);
}
