import { WebhookEndpointList, WebhookEndpointListQuery } from '@headwright/shared/api/webhooks';
import type { AppContext } from '../../../http/context.ts';
import type { Contract } from '../../../http/contract.ts';
import { parseInput } from '../../../http/read-json.ts';
import { listEndpoints } from '../../../services/webhooks/endpoints/list.ts';

export const listWebhookEndpointsContract: Contract = {
  operation: 'listWebhookEndpoints',
  tag: 'Webhooks',
  summary: 'List webhook endpoints',
  query: WebhookEndpointListQuery,
  responses: { 200: { description: 'A page, newest first.', schema: WebhookEndpointList } },
};

/** GET /v1/webhook_endpoints */
export async function readWebhookEndpoints(c: AppContext): Promise<Response> {
  const query = parseInput(WebhookEndpointListQuery, c.req.query());
  return c.json(await listEndpoints(c.get('account'), query));
}
