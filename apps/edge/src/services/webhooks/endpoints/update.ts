import type { UpdateWebhookEndpointRequest, WebhookEndpoint } from '@headwright/shared/api/webhooks';
import { and, eq } from 'drizzle-orm';
import { webhookEndpoints } from '../../../db/schema/webhook-endpoints.ts';
import type { AccountContext } from '../../context.ts';
import { checkUrl } from '../check-url.ts';
import { describeEndpoint } from './describe-endpoint.ts';
import { noSuchEndpoint, visibleEndpoints } from './get.ts';

/** Changes what the request names. Enabling forgives past failures; disabling drops what still waits. */
export async function updateEndpoint(
  { deps, actor }: AccountContext,
  endpointId: string,
  input: UpdateWebhookEndpointRequest,
): Promise<WebhookEndpoint> {
  const { url, description, event_types, status } = input;
  const changes = {
    ...(url === undefined ? {} : { url: checkUrl(url, deps.config.isLocal) }),
    ...(description === undefined ? {} : { description }),
    ...(event_types === undefined ? {} : { eventTypes: event_types }),
    ...(status === 'enabled' ? { status, disabledReason: null, failingSince: null } : {}),
    ...(status === 'disabled' ? { status, disabledReason: 'asked' as const } : {}),
  };
  const mine = and(eq(webhookEndpoints.id, endpointId), visibleEndpoints(actor));
  const [row] =
    Object.keys(changes).length === 0
      ? await deps.db.select().from(webhookEndpoints).where(mine)
      : await deps.db.update(webhookEndpoints).set(changes).where(mine).returning();
  if (row === undefined) throw noSuchEndpoint();
  // Its sender finds what waits, and drops it.
  if (row.status === 'disabled') await deps.doorbell.deliveryDue(row.id);
  return describeEndpoint(row, deps.clock());
}
