import { Delivery } from '@headwright/shared/api/webhooks';
import { WebhookEndpointId } from '@headwright/shared/ids';
import { z } from 'zod';
import type { AppContext } from '../../../http/context.ts';
import type { Contract } from '../../../http/contract.ts';
import { pathParameter } from '../../../http/path-parameter.ts';
import { POLL_AFTER_SECONDS } from '../../../http/polling-headers.ts';
import { sendTest } from '../../../services/webhooks/endpoints/send-test.ts';

export const testWebhookEndpointContract: Contract = {
  operation: 'testWebhookEndpoint',
  tag: 'Webhooks',
  summary: 'Send a test event',
  description:
    'An event of the type `endpoint.test` goes to this endpoint alone, signed, tried and logged like any other.',
  params: z.object({ id: WebhookEndpointId }),
  responses: {
    202: {
      description: 'The delivery, which has yet to be made.',
      schema: Delivery,
      headers: {
        Location: 'Path of the delivery log.',
        'Retry-After': 'Seconds until a look at it is worth it.',
      },
    },
  },
  problems: ['resource.disabled'],
};

/** POST /v1/webhook_endpoints/{id}/test */
export async function postTest(c: AppContext): Promise<Response> {
  const delivery = await sendTest(c.get('account'), pathParameter(c, 'id'));
  return c.json(delivery, 202, {
    Location: `${delivery.urls.endpoint}/deliveries`,
    'Retry-After': String(POLL_AFTER_SECONDS),
  });
}
