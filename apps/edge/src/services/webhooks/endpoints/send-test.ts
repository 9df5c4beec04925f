import type { Delivery } from '@headwright/shared/api/webhooks';
import { WebhookEndpointId } from '@headwright/shared/ids';
import { sql } from 'drizzle-orm';
import { insertSelect } from '../../../db/insert-select.ts';
import { webhookDeliveries } from '../../../db/schema/webhook-deliveries.ts';
import type { AccountContext } from '../../context.ts';
import { ServiceError } from '../../errors.ts';
import { describeDelivery } from '../describe-delivery.ts';
import { newDelivery } from '../fan-out.ts';
import { recordAccountEvent } from '../record-account-event.ts';
import { findEndpointRow } from './get.ts';

/** Sends an endpoint an event of the type `endpoint.test`, by the same way as all others. */
export async function sendTest(ctx: AccountContext, endpointId: string): Promise<Delivery> {
  const { deps, actor } = ctx;
  const { accountId, mode } = actor;
  const endpoint = await findEndpointRow(ctx, endpointId);
  const id = deps.ids.create('evt');
  const atMs = deps.clock();
  const data = {
    endpoint: WebhookEndpointId.parse(endpoint.id),
    urls: { endpoint: `/v1/webhook_endpoints/${endpoint.id}` },
  };
  const isEnabled = sql`webhook_endpoints.id = ${endpoint.id} and webhook_endpoints.status = 'enabled'`;
  const [recordEvent] = recordAccountEvent(
    deps.db,
    { id, accountId, mode, type: 'endpoint.test', data, atMs },
    sql`exists (select 1 from webhook_endpoints where ${isEnabled})`,
  );
  const [, [delivery]] = await deps.db.batch([
    recordEvent,
    insertSelect(
      deps.db,
      webhookDeliveries,
      newDelivery(id, sql`'endpoint.test'`, atMs),
      sql`from webhook_endpoints where ${isEnabled}`,
    ).returning(),
  ]);
  if (delivery === undefined) throw new ServiceError('resource.disabled', 'The endpoint is disabled.');
  await deps.doorbell.deliveryDue(endpoint.id);
  return describeDelivery(delivery, []);
}
