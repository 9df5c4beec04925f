import { and, eq } from 'drizzle-orm';
import { webhookEndpoints } from '../../../db/schema/webhook-endpoints.ts';
import type { AccountContext } from '../../context.ts';
import { noSuchEndpoint, visibleEndpoints } from './get.ts';

/** Deletes an endpoint with its secrets, its deliveries and their log. */
export async function removeEndpoint({ deps, actor }: AccountContext, endpointId: string): Promise<void> {
  const removed = await deps.db
    .delete(webhookEndpoints)
    .where(and(eq(webhookEndpoints.id, endpointId), visibleEndpoints(actor)))
    .returning({ id: webhookEndpoints.id });
  if (removed.length === 0) throw noSuchEndpoint();
}
