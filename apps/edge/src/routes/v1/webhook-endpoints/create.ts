import { CreateWebhookEndpointRequest, WebhookEndpointWithSecret } from '@headwright/shared/api/webhooks';
import type { AppContext } from '../../../http/context.ts';
import type { Contract } from '../../../http/contract.ts';
import { createdResponse, createdWithSecret } from '../../../http/created-response.ts';
import { readJson } from '../../../http/read-json.ts';
import { createEndpoint } from '../../../services/webhooks/endpoints/create.ts';

export const createWebhookEndpointContract: Contract = {
  operation: 'createWebhookEndpoint',
  tag: 'Webhooks',
  summary: 'Add a webhook endpoint',
  description:
    'Events of the mode of the key that asks are posted to it, signed as Standard Webhooks wants. The secret is shown this once.',
  body: CreateWebhookEndpointRequest,
  responses: createdWithSecret('The endpoint with its secret.', WebhookEndpointWithSecret),

  problems: ['resource.limit_reached'],
};

/** POST /v1/webhook_endpoints */
export async function postWebhookEndpoint(c: AppContext): Promise<Response> {
  const input = await readJson(c.req.raw, CreateWebhookEndpointRequest);
  const endpoint = await createEndpoint(c.get('account'), input);
  return createdResponse(c, endpoint);
}
