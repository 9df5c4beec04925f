import { DeliveryList, DeliveryListQuery } from '@headwright/shared/api/webhooks';
import { WebhookEndpointId } from '@headwright/shared/ids';
import { z } from 'zod';
import type { AppContext } from '../../../http/context.ts';
import type { Contract } from '../../../http/contract.ts';
import { pathParameter } from '../../../http/path-parameter.ts';
import { parseInput } from '../../../http/read-json.ts';
import { listDeliveries } from '../../../services/webhooks/list-deliveries.ts';

export const listDeliveriesContract: Contract = {
  operation: 'listWebhookDeliveries',
  tag: 'Webhooks',
  summary: 'Read the delivery log',
  description: 'What the endpoint was sent, with every attempt and its answer. Kept for 30 days.',
  params: z.object({ id: WebhookEndpointId }),
  query: DeliveryListQuery,
  responses: { 200: { description: 'A page, newest first.', schema: DeliveryList } },
};

/** GET /v1/webhook_endpoints/{id}/deliveries */
export async function readDeliveries(c: AppContext): Promise<Response> {
  const query = parseInput(DeliveryListQuery, c.req.query());
  return c.json(await listDeliveries(c.get('account'), pathParameter(c, 'id'), query));
}
