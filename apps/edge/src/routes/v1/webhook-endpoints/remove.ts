import { WebhookEndpointId } from '@headwright/shared/ids';
import { z } from 'zod';
import type { AppContext } from '../../../http/context.ts';
import type { Contract } from '../../../http/contract.ts';
import { pathParameter } from '../../../http/path-parameter.ts';
import { removeEndpoint } from '../../../services/webhooks/endpoints/remove.ts';

export const deleteWebhookEndpointContract: Contract = {
  operation: 'deleteWebhookEndpoint',
  tag: 'Webhooks',
  summary: 'Delete a webhook endpoint',
  description: 'Its secrets and its delivery log go with it. Events themselves stay.',
  params: z.object({ id: WebhookEndpointId }),
  responses: { 204: { description: 'It is gone.' } },
};

/** DELETE /v1/webhook_endpoints/{id} */
export async function deleteWebhookEndpoint(c: AppContext): Promise<Response> {
  await removeEndpoint(c.get('account'), pathParameter(c, 'id'));
  return c.body(null, 204);
}
