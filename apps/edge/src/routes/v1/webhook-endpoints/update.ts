import { UpdateWebhookEndpointRequest, WebhookEndpoint } from '@headwright/shared/api/webhooks';
import { WebhookEndpointId } from '@headwright/shared/ids';
import { z } from 'zod';
import type { AppContext } from '../../../http/context.ts';
import type { Contract } from '../../../http/contract.ts';
import { pathParameter } from '../../../http/path-parameter.ts';
import { readJson } from '../../../http/read-json.ts';
import { updateEndpoint } from '../../../services/webhooks/endpoints/update.ts';

export const updateWebhookEndpointContract: Contract = {
  operation: 'updateWebhookEndpoint',
  tag: 'Webhooks',
  summary: 'Change a webhook endpoint',
  params: z.object({ id: WebhookEndpointId }),
  body: UpdateWebhookEndpointRequest,
  responses: { 200: { description: 'The endpoint as it is now.', schema: WebhookEndpoint } },
};

/** PATCH /v1/webhook_endpoints/{id} */
export async function patchWebhookEndpoint(c: AppContext): Promise<Response> {
  const input = await readJson(c.req.raw, UpdateWebhookEndpointRequest);
  return c.json(await updateEndpoint(c.get('account'), pathParameter(c, 'id'), input));
}
