import type { Route } from '../../../http/route.ts';
import { getEventContract, readEvent } from './get.ts';
import { listEventsContract, readEvents } from './list.ts';
import { postRedeliver, redeliverEventContract } from './redeliver.ts';

const shared = { credential: 'account', scope: 'webhooks:manage' } as const;

/** Routes of events. */
export const EVENT_ROUTES: readonly Route[] = [
  { method: 'GET', path: '/v1/events', handler: readEvents, contract: listEventsContract, ...shared },
  { method: 'GET', path: '/v1/events/:id', handler: readEvent, contract: getEventContract, ...shared },
  {
    method: 'POST',
    path: '/v1/events/:id/redeliver',
    handler: postRedeliver,
    contract: redeliverEventContract,
    ...shared,
  },
];
