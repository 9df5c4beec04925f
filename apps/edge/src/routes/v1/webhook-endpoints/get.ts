import { WebhookEndpoint } from '@headwright/shared/api/webhooks';
import { WebhookEndpointId } from '@headwright/shared/ids';
import { z } from 'zod';
import type { AppContext } from '../../../http/context.ts';
import type { Contract } from '../../../http/contract.ts';
import { pathParameter } from '../../../http/path-parameter.ts';
import { getEndpoint } from '../../../services/webhooks/endpoints/get.ts';

export const getWebhookEndpointContract: Contract = {
  operation: 'getWebhookEndpoint',
  tag: 'Webhooks',
  summary: 'Read a webhook endpoint',
  params: z.object({ id: WebhookEndpointId }),
  responses: { 200: { description: 'The endpoint, without its secret.', schema: WebhookEndpoint } },
};

/** GET /v1/webhook_endpoints/{id} */
export async function readWebhookEndpoint(c: AppContext): Promise<Response> {
  return c.json(await getEndpoint(c.get('account'), pathParameter(c, 'id')));
}
