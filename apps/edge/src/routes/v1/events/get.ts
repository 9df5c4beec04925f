import { Event } from '@headwright/shared/api/events';
import { EventId } from '@headwright/shared/ids';
import { z } from 'zod';
import type { AppContext } from '../../../http/context.ts';
import type { Contract } from '../../../http/contract.ts';
import { pathParameter } from '../../../http/path-parameter.ts';
import { getEvent } from '../../../services/events/get.ts';

export const getEventContract: Contract = {
  operation: 'getEvent',
  tag: 'Webhooks',
  summary: 'Read an event',
  params: z.object({ id: EventId }),
  responses: { 200: { description: 'The event.', schema: Event } },
};

/** GET /v1/events/{id} */
export async function readEvent(c: AppContext): Promise<Response> {
  return c.json(await getEvent(c.get('account'), pathParameter(c, 'id')));
}
