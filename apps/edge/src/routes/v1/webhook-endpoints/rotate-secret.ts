import { WebhookEndpointWithSecret } from '@headwright/shared/api/webhooks';
import { WebhookEndpointId } from '@headwright/shared/ids';
import { z } from 'zod';
import type { AppContext } from '../../../http/context.ts';
import type { Contract } from '../../../http/contract.ts';
import { pathParameter } from '../../../http/path-parameter.ts';
import { rotateSecret } from '../../../services/webhooks/endpoints/rotate-secret.ts';

export const rotateWebhookSecretContract: Contract = {
  operation: 'rotateWebhookSecret',
  tag: 'Webhooks',
  summary: 'Rotate a webhook secret',
  description:
    'For 24 hours requests are signed with the new secret and with the one before; a second rotation within that time ends the oldest at once.',
  params: z.object({ id: WebhookEndpointId }),
  responses: { 200: { description: 'The endpoint with its new secret.', schema: WebhookEndpointWithSecret } },
};

/** POST /v1/webhook_endpoints/{id}/rotate_secret */
export async function postRotateSecret(c: AppContext): Promise<Response> {
  const endpoint = await rotateSecret(c.get('account'), pathParameter(c, 'id'));
  return c.json(endpoint, 200, { 'Cache-Control': 'no-store' });
}
