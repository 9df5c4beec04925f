import type { WebhookEndpoint } from '@headwright/shared/api/webhooks';
import { and, eq } from 'drizzle-orm';
import { type EndpointRow, webhookEndpoints } from '../../../db/schema/webhook-endpoints.ts';
import type { AccountActor, AccountContext } from '../../context.ts';
import { ServiceError } from '../../errors.ts';
import { describeEndpoint } from './describe-endpoint.ts';

/** The endpoints that a caller may know of: its account's, of its mode. */
export const visibleEndpoints = ({ accountId, mode }: AccountActor) =>
  and(eq(webhookEndpoints.accountId, accountId), eq(webhookEndpoints.mode, mode));

/** The refusal of an id that names nothing of the caller's. */
export const noSuchEndpoint = () => new ServiceError('resource.not_found', 'There is no such endpoint.');

/** One of the caller's own endpoints, as its row. */
export async function findEndpointRow(ctx: AccountContext, endpointId: string): Promise<EndpointRow> {
  const [row] = await ctx.deps.db
    .select()
    .from(webhookEndpoints)
    .where(and(eq(webhookEndpoints.id, endpointId), visibleEndpoints(ctx.actor)));
  if (row === undefined) throw noSuchEndpoint();
  return row;
}

/** One of the caller's own endpoints. */
export async function getEndpoint(ctx: AccountContext, endpointId: string): Promise<WebhookEndpoint> {
  return describeEndpoint(await findEndpointRow(ctx, endpointId), ctx.deps.clock());
}
