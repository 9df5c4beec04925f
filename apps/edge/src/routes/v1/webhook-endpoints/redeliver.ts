import { RedeliverMissedRequest, RedeliverMissedResponse } from '@headwright/shared/api/webhooks';
import { WebhookEndpointId } from '@headwright/shared/ids';
import { z } from 'zod';
import type { AppContext } from '../../../http/context.ts';
import type { Contract } from '../../../http/contract.ts';
import { pathParameter } from '../../../http/path-parameter.ts';
import { POLL_AFTER_SECONDS } from '../../../http/polling-headers.ts';
import { readJson } from '../../../http/read-json.ts';
import { redeliverMissed } from '../../../services/webhooks/endpoints/redeliver-missed.ts';

export const redeliverMissedContract: Contract = {
  operation: 'redeliverMissedEvents',
  tag: 'Webhooks',
  summary: 'Send again what was missed',
  description:
    'Of the time since an instant, what the endpoint wants and never took: deliveries that failed or were dropped, and events from while it was disabled or not there yet. At most 1,000 at a time.',
  params: z.object({ id: WebhookEndpointId }),
  body: RedeliverMissedRequest,
  responses: {
    202: {
      description: 'How many deliveries begin anew.',
      schema: RedeliverMissedResponse,
      headers: {
        Location: 'Path of the delivery log.',
        'Retry-After': 'Seconds until a look at it is worth it.',
      },
    },
  },
  problems: ['resource.disabled'],
};

/** POST /v1/webhook_endpoints/{id}/redeliver */
export async function postRedeliverMissed(c: AppContext): Promise<Response> {
  const input = await readJson(c.req.raw, RedeliverMissedRequest);
  const answer = await redeliverMissed(c.get('account'), pathParameter(c, 'id'), input);
  return c.json(answer, 202, {
    Location: answer.urls.deliveries,
    'Retry-After': String(POLL_AFTER_SECONDS),
  });
}
