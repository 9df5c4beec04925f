import type { DeliveryList, DeliveryListQuery } from '@headwright/shared/api/webhooks';
import { and, desc, eq, lt } from 'drizzle-orm';
import { webhookDeliveries } from '../../db/schema/webhook-deliveries.ts';
import type { AccountContext } from '../context.ts';
import { describeDeliveries } from './describe-deliveries.ts';
import { findEndpointRow } from './endpoints/get.ts';

/** A page of what one of the caller's own endpoints was sent, newest first. */
export async function listDeliveries(
  ctx: AccountContext,
  endpointId: string,
  query: DeliveryListQuery,
): Promise<DeliveryList> {
  const { db } = ctx.deps;
  const endpoint = await findEndpointRow(ctx, endpointId);
  const { status, starting_after: after, limit } = query;
  const found = await db
    .select()
    .from(webhookDeliveries)
    .where(
      and(
        eq(webhookDeliveries.endpointId, endpoint.id),
        status === undefined ? undefined : eq(webhookDeliveries.status, status),
        after === undefined ? undefined : lt(webhookDeliveries.id, after),
      ),
    )
    .orderBy(desc(webhookDeliveries.id))
    .limit(limit + 1);
  return {
    object: 'list',
    data: await describeDeliveries(db, found.slice(0, limit)),
    has_more: found.length > limit,
  };
}
