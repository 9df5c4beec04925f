import type { Route } from '../../../http/route.ts';
import { createWebhookEndpointContract, postWebhookEndpoint } from './create.ts';
import { getWebhookEndpointContract, readWebhookEndpoint } from './get.ts';
import { listDeliveriesContract, readDeliveries } from './list-deliveries.ts';
import { listWebhookEndpointsContract, readWebhookEndpoints } from './list.ts';
import { postRedeliverMissed, redeliverMissedContract } from './redeliver.ts';
import { deleteWebhookEndpoint, deleteWebhookEndpointContract } from './remove.ts';
import { postRotateSecret, rotateWebhookSecretContract } from './rotate-secret.ts';
import { postTest, testWebhookEndpointContract } from './send-test.ts';
import { patchWebhookEndpoint, updateWebhookEndpointContract } from './update.ts';

const shared = { credential: 'account', scope: 'webhooks:manage' } as const;

/** Routes of webhook endpoints. */
export const WEBHOOK_ENDPOINT_ROUTES: readonly Route[] = [
  {
    method: 'POST',
    path: '/v1/webhook_endpoints',
    handler: postWebhookEndpoint,
    contract: createWebhookEndpointContract,
    ...shared,
  },
  {
    method: 'GET',
    path: '/v1/webhook_endpoints',
    handler: readWebhookEndpoints,
    contract: listWebhookEndpointsContract,
    ...shared,
  },
  {
    method: 'GET',
    path: '/v1/webhook_endpoints/:id',
    handler: readWebhookEndpoint,
    contract: getWebhookEndpointContract,
    ...shared,
  },
  {
    method: 'PATCH',
    path: '/v1/webhook_endpoints/:id',
    handler: patchWebhookEndpoint,
    contract: updateWebhookEndpointContract,
    ...shared,
  },
  {
    method: 'DELETE',
    path: '/v1/webhook_endpoints/:id',
    handler: deleteWebhookEndpoint,
    contract: deleteWebhookEndpointContract,
    ...shared,
  },
  {
    method: 'POST',
    path: '/v1/webhook_endpoints/:id/test',
    handler: postTest,
    contract: testWebhookEndpointContract,
    ...shared,
  },
  {
    method: 'POST',
    path: '/v1/webhook_endpoints/:id/redeliver',
    handler: postRedeliverMissed,
    contract: redeliverMissedContract,
    ...shared,
  },
  {
    method: 'POST',
    path: '/v1/webhook_endpoints/:id/rotate_secret',
    handler: postRotateSecret,
    contract: rotateWebhookSecretContract,
    ...shared,
  },
  {
    method: 'GET',
    path: '/v1/webhook_endpoints/:id/deliveries',
    handler: readDeliveries,
    contract: listDeliveriesContract,
    ...shared,
  },
];
