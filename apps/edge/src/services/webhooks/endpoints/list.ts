import type { WebhookEndpointList, WebhookEndpointListQuery } from '@headwright/shared/api/webhooks';
import { and, desc, lt } from 'drizzle-orm';
import { webhookEndpoints } from '../../../db/schema/webhook-endpoints.ts';
import type { AccountContext } from '../../context.ts';
import { describeEndpoint } from './describe-endpoint.ts';
import { visibleEndpoints } from './get.ts';

/** A page of the account's endpoints of the caller's mode, newest first. */
export async function listEndpoints(
  { deps, actor }: AccountContext,
  query: WebhookEndpointListQuery,
): Promise<WebhookEndpointList> {
  const after = query.starting_after;
  const found = await deps.db
    .select()
    .from(webhookEndpoints)
    .where(and(visibleEndpoints(actor), after === undefined ? undefined : lt(webhookEndpoints.id, after)))
    .orderBy(desc(webhookEndpoints.id))
    .limit(query.limit + 1);
  const nowMs = deps.clock();
  return {
    object: 'list',
    data: found.slice(0, query.limit).map((row) => describeEndpoint(row, nowMs)),
    has_more: found.length > query.limit,
  };
}
