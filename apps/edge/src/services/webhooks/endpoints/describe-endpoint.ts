import type { WebhookEndpoint } from '@headwright/shared/api/webhooks';
import { WebhookEndpointId } from '@headwright/shared/ids';
import type { EndpointRow } from '../../../db/schema/webhook-endpoints.ts';

const instant = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString());

/** An endpoint's row as the API's resource; its secret stays behind. */
export function describeEndpoint(row: EndpointRow, nowMs: number): WebhookEndpoint {
  const self = `/v1/webhook_endpoints/${row.id}`;
  const overlapEndsAt = row.previousSecretExpiresAt ?? 0;
  return {
    id: WebhookEndpointId.parse(row.id),
    object: 'webhook_endpoint',
    url: row.url,
    description: row.description,
    event_types: row.eventTypes,
    status: row.status,
    disabled_reason: row.disabledReason,
    failing_since: instant(row.failingSince),
    previous_secret_expires_at: overlapEndsAt > nowMs ? instant(overlapEndsAt) : null,
    created_at: new Date(row.createdAt).toISOString(),
    urls: { self, deliveries: `${self}/deliveries` },
  };
}
