import type { Delivery } from '@headwright/shared/api/webhooks';
import { asc, sql } from 'drizzle-orm';
import type { Database } from '../../db/client.ts';
import { webhookAttempts } from '../../db/schema/webhook-attempts.ts';
import type { DeliveryRow } from '../../db/schema/webhook-deliveries.ts';
import { describeDelivery } from './describe-delivery.ts';

/** Deliveries, each with its newest ten attempts. */
export async function describeDeliveries(db: Database, rows: readonly DeliveryRow[]): Promise<Delivery[]> {
  // One parameter, since D1 allows no more than a hundred.
  const newest = JSON.stringify(rows.map(({ id, attemptCount }) => ({ id, after: attemptCount - 10 })));
  const attempts = await db
    .select()
    .from(webhookAttempts)
    .where(
      sql`exists (select 1 from json_each(${newest}) where value ->> 'id' = ${webhookAttempts.deliveryId}
        and ${webhookAttempts.number} > value ->> 'after')`,
    )
    .orderBy(asc(webhookAttempts.number));
  return rows.map((row) =>
    describeDelivery(
      row,
      attempts.filter(({ deliveryId }) => deliveryId === row.id),
    ),
  );
}
