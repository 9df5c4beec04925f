import { EventList } from '@headwright/shared/api/events';
import {
  Delivery,
  DeliveryList,
  WebhookEndpoint,
  WebhookEndpointList,
  WebhookEndpointWithSecret,
} from '@headwright/shared/api/webhooks';
import { DEFAULT_EVENT_TYPES } from '@headwright/shared/event-types';
import { WEBHOOK_ENDPOINTS_MAX } from '@headwright/shared/limits';
import { afterEach, describe, expect, test } from 'vitest';
import { apiKeys } from '../../../db/schema/api-keys.ts';
import { createKey, hashSecret } from '../../../services/keys/format.ts';
import { deliverDue } from '../../../services/webhooks/deliver-due.ts';
import { type Client, makeClient } from '../../../test/client.ts';
import { createJob } from '../../../test/create-job.ts';
import { expectProblem } from '../../../test/expect-problem.ts';
import { deps as world, endAllJobs, makeAccount, makeEdge } from '../../../test/factories.ts';
import { makeResolver, makeSink, verify } from '../../../test/webhook-sink.ts';

const BASE = '/v1/webhook_endpoints';
const URL_OF_HOOK = 'https://hooks.example/in';

afterEach(endAllJobs);

/** An edge as it is deployed, but for the outgoing requests, which a sink takes. */
function makeQuietEdge(isLocal = false) {
  const sink = makeSink();
  const edge = makeEdge({
    outbound: sink.outbound,
    resolve: makeResolver({ 'hooks.example': ['1.1.1.1'] }),
    doorbell: { ...world.doorbell, deliveryDue: async () => undefined },
    config: { ...world.config, isLocal },
  });
  return { ...edge, sink };
}

async function start(isLocal = false) {
  const edge = makeQuietEdge(isLocal);
  const account = await makeAccount();
  return { edge, account, sink: edge.sink, call: makeClient(account.key, edge.fetcher) };
}

const add = async (call: Client, json: object = { url: URL_OF_HOOK }) =>
  WebhookEndpointWithSecret.parse(await (await call('POST', BASE, { json })).json());

test('an endpoint is made, listed, read, changed and deleted, and shows its secret once', async () => {
  const { call } = await start();
  const response = await call('POST', BASE, { json: { url: URL_OF_HOOK, description: 'main' } });
  expect(response.status).toBe(201);
  expect(response.headers.get('Cache-Control')).toBe('no-store');
  const { secret, ...endpoint } = WebhookEndpointWithSecret.parse(await response.json());
  expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  expect(response.headers.get('Location')).toBe(endpoint.urls.self);
  expect(endpoint).toMatchObject({
    url: URL_OF_HOOK,
    description: 'main',
    event_types: [...DEFAULT_EVENT_TYPES],
    status: 'enabled',
    disabled_reason: null,
    failing_since: null,
    previous_secret_expires_at: null,
  });
  const second = await add(call);
  const list = await (await call('GET', BASE)).text();
  expect(WebhookEndpointList.parse(JSON.parse(list)).data.map(({ id }) => id)).toEqual([
    second.id,
    endpoint.id,
  ]);
  expect(list).not.toContain('secret"');
  const page = WebhookEndpointList.parse(await (await call('GET', `${BASE}?limit=1`)).json());
  expect([page.data.map(({ id }) => id), page.has_more]).toEqual([[second.id], true]);
  const rest = await call('GET', `${BASE}?limit=1&starting_after=${second.id}`);
  expect(WebhookEndpointList.parse(await rest.json())).toMatchObject({ data: [endpoint], has_more: false });
  expect(await (await call('GET', endpoint.urls.self)).json()).toEqual(endpoint);

  const json = { url: 'https://hooks.example/other', description: null, event_types: ['job.failed'] };
  const changed = await call('PATCH', endpoint.urls.self, { json });
  expect(WebhookEndpoint.parse(await changed.json())).toEqual({ ...endpoint, ...json });
  const off = await call('PATCH', endpoint.urls.self, { json: { status: 'disabled' } });
  expect(await off.json()).toMatchObject({ ...json, status: 'disabled', disabled_reason: 'asked' });

  await createJob(call);
  expect((await call('DELETE', second.urls.self)).status).toBe(204);
  await expectProblem(await call('GET', second.urls.self), 'resource.not_found');
  await expectProblem(await call('DELETE', second.urls.self), 'resource.not_found');
});

describe('an address is refused, with a pointer', () => {
  test.each([
    ['without encryption', 'http://hooks.example/in'],
    ['with a password', 'https://me:pw@hooks.example/in'],
    ['with a fragment', 'https://hooks.example/in#top'],
    ['of another scheme', 'ftp://hooks.example/in'],
    ['of no scheme', 'hooks.example/in'],
    ['of this machine', 'https://localhost/in'],
    ['of this machine by a name below', 'https://api.localhost/in'],
    ['of this machine with a dot', 'https://localhost./in'],
    ['of this machine by number', 'https://127.0.0.1/in'],
    ['of this machine as one number', 'https://2130706433/in'],
    ['of this machine in hexadecimal', 'https://0x7f.1/in'],
    ['of this machine in IPv6', 'https://[::1]/in'],
    ['of a private network', 'https://10.0.0.1/in'],
    ['of a private network, mapped', 'https://[::ffff:10.0.0.1]/in'],
    ['of a cloud’s metadata', 'https://169.254.169.254/latest'],
  ])('%s', async (_, url) => {
    const { call } = await start();
    const problem = await expectProblem(await call('POST', BASE, { json: { url } }), 'input.invalid');
    expect(problem.errors?.map(({ pointer }) => pointer)).toEqual(['/url']);
    const endpoint = await add(call);
    await expectProblem(await call('PATCH', endpoint.urls.self, { json: { url } }), 'input.invalid');
  });

  test('but locally this machine may be told, and no other without encryption', async () => {
    const { call, edge, sink } = await start(true);
    for (const url of ['http://127.0.0.1:9/in', 'http://localhost:9/in', 'http://[::1]:9/in']) {
      expect((await call('POST', BASE, { json: { url } })).status).toBe(201);
    }
    for (const url of ['http://hooks.example/', 'http://10.0.0.1/', 'https://10.0.0.1/']) {
      await expectProblem(await call('POST', BASE, { json: { url } }), 'input.invalid');
    }
    const endpoint = await add(call, { url: 'http://127.0.0.1:9/test' });
    await call('POST', `${endpoint.urls.self}/test`);
    await deliverDue(edge.deps, endpoint.id);
    expect(sink.posts.map(({ url }) => url)).toEqual(['http://127.0.0.1:9/test']);
  });
});

test.each<[string, object, string, string]>([
  ['nothing', {}, '/url', 'required'],
  ['no types', { url: URL_OF_HOOK, event_types: [] }, '/event_types', 'too_small'],
  ['an unknown type', { url: URL_OF_HOOK, event_types: ['job.lost'] }, '/event_types/0', 'invalid_value'],
  [
    'a type that is not sent',
    { url: URL_OF_HOOK, event_types: ['job.queued'] },
    '/event_types/0',
    'invalid_value',
  ],
  [
    'a type twice',
    { url: URL_OF_HOOK, event_types: ['job.failed', 'job.failed'] },
    '/event_types',
    'invalid_value',
  ],
  ['a secret of one’s own', { url: URL_OF_HOOK, secret: 'x' }, '/secret', 'unknown_field'],
])('a body with %s is refused', async (_, json, pointer, code) => {
  const { call } = await start();
  const problem = await expectProblem(await call('POST', BASE, { json }), 'input.invalid');
  expect(problem.errors).toMatchObject([{ pointer, code }]);
});

test('an account has room for so many endpoints in a mode, also when they come at once', async () => {
  const { call } = await start();
  const responses = await Promise.all(
    Array.from({ length: WEBHOOK_ENDPOINTS_MAX + 3 }, () =>
      call('POST', BASE, { json: { url: URL_OF_HOOK } }),
    ),
  );
  const refused = responses.filter(({ status }) => status !== 201);
  expect(refused).toHaveLength(3);
  for (const response of refused) await expectProblem(response, 'resource.limit_reached');
});

test('a test event goes to its endpoint alone, signed and logged', async () => {
  const { call, edge, sink } = await start();
  const endpoint = await add(call);
  const other = await add(call);
  const response = await call('POST', `${endpoint.urls.self}/test`);
  expect(response.status).toBe(202);
  const delivery = Delivery.parse(await response.json());
  expect(delivery).toMatchObject({
    event_type: 'endpoint.test',
    endpoint_id: endpoint.id,
    status: 'pending',
  });
  await deliverDue(edge.deps, endpoint.id);
  await deliverDue(edge.deps, other.id);
  expect(sink.posts).toHaveLength(1);
  const [post] = sink.posts;
  if (post === undefined) throw new Error('expected a request');
  expect(verify(endpoint.secret, post)).toMatchObject({
    type: 'endpoint.test',
    data: { endpoint: endpoint.id },
  });
  expect(() => verify(other.secret, post)).toThrow('No matching signature');
  const log = DeliveryList.parse(await (await call('GET', endpoint.urls.deliveries)).json());
  expect(log.data).toMatchObject([{ id: delivery.id, status: 'succeeded' }]);
  const pending = await call('GET', `${endpoint.urls.deliveries}?status=pending`);
  expect(DeliveryList.parse(await pending.json()).data).toEqual([]);
});

test('a disabled endpoint is sent nothing: no test, no redelivery, and what waited is dropped', async () => {
  const { call, edge, sink } = await start();
  const endpoint = await add(call);
  await call('POST', `${endpoint.urls.self}/test`);
  await call('PATCH', endpoint.urls.self, { json: { status: 'disabled' } });
  await deliverDue(edge.deps, endpoint.id);
  expect(sink.posts).toEqual([]);
  const log = DeliveryList.parse(await (await call('GET', endpoint.urls.deliveries)).json());
  expect(log.data).toMatchObject([{ status: 'dropped', attempts: [] }]);
  await expectProblem(await call('POST', `${endpoint.urls.self}/test`), 'resource.disabled');
  const redeliver = `/v1/events/${log.data[0]?.event_id}/redeliver`;
  await expectProblem(
    await call('POST', redeliver, { json: { endpoint_id: endpoint.id } }),
    'resource.disabled',
  );
  const all = await call('POST', redeliver, { json: {} });
  expect([all.status, await all.json()]).toEqual([202, { object: 'list', data: [], has_more: false }]);
});

test('events of jobs and of the account are one list, page by page, and can be filtered', async () => {
  const { call } = await start();
  const endpoint = await add(call);
  const { job } = await createJob(call);
  await call('POST', `${endpoint.urls.self}/test`);
  await call('POST', job.urls.cancel);
  const list = async (query: string) =>
    EventList.parse(await (await call('GET', `/v1/events${query}`)).json());
  const all = await list('');
  expect(all.data.map(({ type }) => type)).toEqual(['job.canceled', 'endpoint.test', 'job.queued']);
  const first = await list('?limit=2');
  expect([first.data, first.has_more]).toEqual([all.data.slice(0, 2), true]);
  const rest = await list(`?limit=2&starting_after=${first.data[1]?.id}`);
  expect([rest.data, rest.has_more]).toEqual([all.data.slice(2), false]);
  const types = async (query: string) => (await list(query)).data.map(({ type }) => type);
  expect(await types('?type=endpoint.test')).toEqual(['endpoint.test']);
  expect(await types('?type=job.canceled')).toEqual(['job.canceled']);
  expect(await types(`?job_id=${job.id}`)).toEqual(['job.canceled', 'job.queued']);
  await expectProblem(await call('GET', '/v1/events?type=job.lost'), 'input.invalid');
});

test('nothing of an endpoint or an event exists for another account, nor for the other mode', async () => {
  const { call, edge, account } = await start();
  const endpoint = await add(call);
  await call('POST', `${endpoint.urls.self}/test`);
  const [event] = EventList.parse(await (await call('GET', '/v1/events')).json()).data;
  if (event === undefined) throw new Error('expected an event');
  const liveKey = createKey('hk_live_');
  await world.db.insert(apiKeys).values({
    id: world.ids.create('key'),
    accountId: account.id,
    mode: 'live',
    hash: await hashSecret(liveKey),
    createdAt: Date.now(),
  });
  for (const key of [liveKey, (await makeAccount()).key]) {
    const stranger = makeClient(key, edge.fetcher);
    const attempts: [method: string, path: string, json?: object][] = [
      ['GET', endpoint.urls.self],
      ['PATCH', endpoint.urls.self, { status: 'disabled' }],
      ['POST', `${endpoint.urls.self}/test`],
      ['POST', `${endpoint.urls.self}/rotate_secret`],
      ['GET', endpoint.urls.deliveries],
      ['DELETE', endpoint.urls.self],
      ['GET', event.urls.self],
      ['POST', event.urls.redeliver, {}],
    ];
    for (const [method, path, json] of attempts) {
      const response = await stranger(method, path, json === undefined ? {} : { json });
      await expectProblem(response, 'resource.not_found');
    }
    expect(WebhookEndpointList.parse(await (await stranger('GET', BASE)).json()).data).toEqual([]);
    expect(EventList.parse(await (await stranger('GET', '/v1/events')).json()).data).toEqual([]);
    const own = await add(stranger);
    const mixed = { json: { endpoint_id: own.id } };
    await expectProblem(await call('POST', event.urls.redeliver, mixed), 'resource.not_found');
  }
  expect(await (await call('GET', endpoint.urls.self)).json()).toMatchObject({ status: 'enabled' });
  const log = DeliveryList.parse(await (await call('GET', endpoint.urls.deliveries)).json());
  expect(log.data).toHaveLength(1);
});
