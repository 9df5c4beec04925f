import type { Delivery } from '@headwright/shared/api/webhooks';
import { DeliveryId, EventId, WebhookEndpointId } from '@headwright/shared/ids';
import type { webhookAttempts } from '../../db/schema/webhook-attempts.ts';
import type { DeliveryRow } from '../../db/schema/webhook-deliveries.ts';

type AttemptRow = typeof webhookAttempts.$inferSelect;

/** A delivery's row and those of its newest attempts as the API's resource. */
export function describeDelivery(row: DeliveryRow, attempts: readonly AttemptRow[]): Delivery {
  return {
    id: DeliveryId.parse(row.id),
    object: 'delivery',
    event_id: EventId.parse(row.eventId),
    event_type: row.eventType,
    endpoint_id: WebhookEndpointId.parse(row.endpointId),
    status: row.status,
    next_attempt_at: row.nextAttemptAt === null ? null : new Date(row.nextAttemptAt).toISOString(),
    attempts: attempts.map((attempt) => ({
      number: attempt.number,
      outcome: attempt.outcome,
      status_code: attempt.statusCode,
      detail: attempt.detail,
      response_excerpt: attempt.responseExcerpt,
      started_at: new Date(attempt.startedAt).toISOString(),
      duration_ms: attempt.durationMs,
    })),
    created_at: new Date(row.createdAt).toISOString(),
    urls: { event: `/v1/events/${row.eventId}`, endpoint: `/v1/webhook_endpoints/${row.endpointId}` },
  };
}
