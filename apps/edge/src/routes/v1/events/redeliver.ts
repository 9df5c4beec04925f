import { RedeliverEventRequest, RedeliverEventResponse } from '@headwright/shared/api/events';
import { EventId } from '@headwright/shared/ids';
import { z } from 'zod';
import type { AppContext } from '../../../http/context.ts';
import type { Contract } from '../../../http/contract.ts';
import { pathParameter } from '../../../http/path-parameter.ts';
import { POLL_AFTER_SECONDS } from '../../../http/polling-headers.ts';
import { readJson } from '../../../http/read-json.ts';
import { redeliverEvent } from '../../../services/events/redeliver.ts';

export const redeliverEventContract: Contract = {
  operation: 'redeliverEvent',
  tag: 'Webhooks',
  summary: 'Send an event again',
  description:
    'Begins the schedule anew, whatever became of the event before. `webhook-id` stays the same, so that a receiver knows it again. An endpoint that is newer than the event gets it, too.',
  params: z.object({ id: EventId }),
  body: RedeliverEventRequest.prefault({}),
  responses: {
    202: {
      description: 'The deliveries that have yet to be made; none when no endpoint wants the event.',
      schema: RedeliverEventResponse,
      headers: {
        Location: 'Path of the event.',
        'Retry-After': 'Seconds until a look at the log is worth it.',
      },
    },
  },
  problems: ['resource.disabled'],
};

/** POST /v1/events/{id}/redeliver */
export async function postRedeliver(c: AppContext): Promise<Response> {
  const isEmpty = c.req.raw.body === null || c.req.header('Content-Length') === '0';
  const input = isEmpty ? {} : await readJson(c.req.raw, RedeliverEventRequest);
  const eventId = pathParameter(c, 'id');
  return c.json(await redeliverEvent(c.get('account'), eventId, input), 202, {
    Location: `/v1/events/${eventId}`,
    'Retry-After': String(POLL_AFTER_SECONDS),
  });
}
