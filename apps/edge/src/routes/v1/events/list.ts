import { EventList, EventListQuery } from '@headwright/shared/api/events';
import type { AppContext } from '../../../http/context.ts';
import type { Contract } from '../../../http/contract.ts';
import { parseInput } from '../../../http/read-json.ts';
import { listEvents } from '../../../services/events/list.ts';

export const listEventsContract: Contract = {
  operation: 'listEvents',
  tag: 'Webhooks',
  summary: 'List events',
  description:
    'Everything that happened to jobs and to the account in the mode of the key that asks, whether or not an endpoint was told.',
  query: EventListQuery,
  responses: { 200: { description: 'A page, newest first.', schema: EventList } },
};

/** GET /v1/events */
export async function readEvents(c: AppContext): Promise<Response> {
  return c.json(await listEvents(c.get('account'), parseInput(EventListQuery, c.req.query())));
}
