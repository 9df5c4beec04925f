import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { apiKeys } from '../db/schema/api-keys.ts';
import { switches } from '../db/schema/switches.ts';
import type { Deps } from '../services/context.ts';
import { createKey, hashSecret } from '../services/keys/format.ts';
import { type Client, makeClient } from '../test/client.ts';
import { documentedResponses, takeSeenResponses } from '../test/contract-check.ts';
import { createJob } from '../test/create-job.ts';
import { expectProblem } from '../test/expect-problem.ts';
import { deps, makeAccount, makeEdge } from '../test/factories.ts';
import { type FakeRunner, makeFakeRunner } from '../test/fake-runner.ts';
import { STATE } from '../test/finish-head.ts';
import { type World, makeWorld } from '../test/make-world.ts';
import { COMPONENTS, type DocumentedOperation, OPERATIONS, requestOf } from '../test/operations.ts';
import { makeRandom } from '../test/sample-of-schema.ts';
import { claimOrThrow, GLB, PNG } from '../test/start-attempt.ts';

// Every answer that the OpenAPI document promises is provoked once, and the tests' client refuses every other.

const random = makeRandom(6);
let world: World;
let other: World;
let runner: FakeRunner;
let freeKey: string;
/** A token that may do next to nothing, and a key that may do nothing that is asked for. */
let narrow: { token: Client; noKeys: Client; onlyKeys: Client };

const clientOf = async (response: Response) => makeClient((await response.json<{ secret: string }>()).secret);
/** The same key over an edge whose outside world is partly another. */
const replaced = (parts: Partial<Deps>, key = world.account.key) => makeClient(key, makeEdge(parts).fetcher);

/** A world is some dozen requests, on a machine that may have other things to do. */
const WORLD_TIMEOUT_MS = 120_000;

beforeAll(async () => {
  world = await makeWorld();
  other = await makeWorld();
  runner = await makeFakeRunner();
  freeKey = (await makeAccount({ plan: 'free' })).key;
  const { call } = world;
  narrow = {
    token: await clientOf(
      await call('POST', '/v1/client_tokens', { json: { end_user: 'x', allow: { create: 1 } } }),
    ),
    noKeys: await clientOf(await call('POST', '/v1/keys', { json: { name: 'x', scopes: ['usage:read'] } })),
    onlyKeys: await clientOf(
      await call('POST', '/v1/keys', { json: { name: 'x', scopes: ['keys:manage'] } }),
    ),
  };
}, WORLD_TIMEOUT_MS);

function brokenDatabase(): Deps['db'] {
  return new Proxy(deps.db, {
    get: () => () => {
      throw new Error('the database is away');
    },
  });
}

const requestTo = (operation: DocumentedOperation, ids = world.ids) => {
  const { method, path, json } = requestOf(operation, { random, components: COMPONENTS, ids });
  return { method, path, options: json === undefined ? {} : { json } };
};
const guarded = OPERATIONS.filter(({ security }) => security.length > 0).map(
  (each) => [each.operationId, each] as const,
);
const withBody = guarded.filter(([, { requestBody }]) => requestBody !== undefined);
const operationNamed = (name: string): DocumentedOperation => {
  const found = OPERATIONS.find(({ operationId }) => operationId === name);
  if (found === undefined) throw new Error(`operationNamed: expected ${name}`);
  return found;
};

describe('what all answer alike', () => {
  test.each(guarded)('%s', async (_, operation) => {
    const { method, path, options } = requestTo(operation);
    await expectProblem(await makeClient(null)(method, path, options), 'auth.missing_key');
    const isKeys = operation.security.some(({ apiKey }) => apiKey?.includes('keys:manage'));
    const refused = isKeys ? narrow.noKeys : narrow.onlyKeys;
    await expectProblem(await refused(method, path, options), 'auth.insufficient_scope');
    const dated = { ...options, headers: { 'API-Version': '1999-01-01' } };
    await expectProblem(await world.call(method, path, dated), 'input.unsupported_version');
    const broken = replaced({
      db: brokenDatabase(),
      log: { info: () => undefined, error: () => undefined },
    });
    await expectProblem(await broken(method, path, options), 'internal.error');
    if (operation.path.includes('{id}')) {
      const stranger = requestTo(operation);
      await expectProblem(await other.call(method, stranger.path, stranger.options), 'resource.not_found');
    }
  });

  test.each(guarded)('%s, when the account asks too often', async (_, operation) => {
    const { method, path, options } = requestTo(operation);
    const taken = { isAllowed: false, remaining: [0, 0], waitMs: 1500 };
    const limited = replaced({ rates: { take: async () => taken } }, freeKey);
    const response = await limited(method, path, options);
    await expectProblem(response, 'limit.rate');
    expect(response.headers.get('Retry-After')).toBe('2');
  });

  test.each(withBody)('%s, of a body that is wrong', async (_, operation) => {
    const { method, path } = requestTo(operation);
    const send = (body: string, type = 'application/json') =>
      world.call(method, path, { body, headers: { 'Content-Type': type } });
    await expectProblem(await send('{'), 'input.invalid_json');
    await expectProblem(await send('{"unknown_field": 1}'), 'input.invalid');
    await expectProblem(await send('{}', 'text/plain'), 'input.unsupported_media_type');
    await expectProblem(await send(`"${'x'.repeat(40_000)}"`), 'input.too_large');
  });

  const queried = guarded.filter(([, { parameters }]) =>
    parameters.some((parameter) => parameter.in === 'query'),
  );
  test.each(queried)('%s, of a query that is wrong', async (_, operation) => {
    const { method, path } = requestTo(operation);
    const names = operation.parameters
      .filter((parameter) => parameter.in === 'query')
      .map(({ name }) => name);
    const response = await world.call(method, `${path.split('?')[0]}?${names[0]}=%00`);
    await expectProblem(response, 'input.invalid');
  });
});

/** A problem of these documented statuses, and no other. */
async function expectStatus(response: Response, status: number): Promise<void> {
  expect(response.status, await response.clone().text()).toBe(status);
}

const post = (path: string, json: unknown, headers: Record<string, string> = {}) =>
  world.call('POST', path, { json, headers });
const HEAD_BODY = { prompt: 'a red demon', preset: 'smoke' };
const EDIT_BODY = { kind: 'texture', prompt: 'green skin' };
const EXPORT_BODY = { rendition: 'full.glb' };
const PREVIEW = { name: 'preview.png', contentType: 'image/png', bytes: PNG };

/** Another head with its files. */
async function finishHead(): Promise<string> {
  const { head } = await createJob(world.call);
  for (let claim = await claimOrThrow(runner); ; claim = await claimOrThrow(runner)) {
    await runner.finish(claim, [GLB, STATE, PREVIEW]);
    if (claim.job.head_id === head.id) return head.id;
  }
}

/** A signed link to a file that is there. */
async function findLink(): Promise<string> {
  for (const id of world.ids.get('ast_') ?? []) {
    const asset = await world.call('GET', `/v1/assets/${id}`);
    if (asset.ok) return (await asset.json<{ url: string }>()).url;
  }
  throw new Error('findLink: expected an asset');
}

describe('what only some answer', () => {
  test('creates: no money, paused, in flight, and a head that is gone', async () => {
    const id = await finishHead();
    const [head] = ['/v1/heads'];
    const edits = `/v1/heads/${id}/revisions`;
    for (const [path, body] of [
      [head, HEAD_BODY],
      [edits, EDIT_BODY],
      [`/v1/heads/${id}/exports`, EXPORT_BODY],
    ] as const) {
      await expectProblem(await post(path, { ...body, max_cost: 0 }), 'billing.max_cost');
      const busy = replaced({ inFlight: { enter: () => null } });
      const keyed = { json: body, headers: { 'Idempotency-Key': 'one' } };
      await expectProblem(await busy('POST', path, keyed), 'idempotency.in_flight');
      await deps.db.insert(switches).values({ name: 'creates_paused', reason: 'Repairs.', changedAt: 1 });
      await expectProblem(await post(path, body), 'capacity.paused');
      await deps.db.delete(switches);
    }
    const created = await post('/v1/heads', HEAD_BODY, { 'Idempotency-Key': 'gone' });
    const gone = (await created.json<{ head: { id: string } }>()).head.id;
    await expectProblem(await world.call('GET', `/v1/heads/${gone}/file/head.glb`), 'resource.not_ready');
    await expectStatus(await world.call('DELETE', `/v1/heads/${gone}`), 200);
    await expectStatus(await post('/v1/heads', HEAD_BODY, { 'Idempotency-Key': 'gone' }), 410);
    await expectStatus(await post(`/v1/heads/${gone}/revisions`, EDIT_BODY), 410);
    await expectStatus(await post(`/v1/heads/${gone}/exports`, EXPORT_BODY), 410);
    for (const path of ['', '/revisions', '/file/head.glb']) {
      await expectStatus(await world.call('GET', `/v1/heads/${gone}${path}`), 410);
    }
    await expectStatus(await world.call('PATCH', `/v1/heads/${gone}`, { json: { name: 'x' } }), 410);
  });

  test('an edited head that is gone, and its revisions', async () => {
    const id = await finishHead();
    const { data } = await (await world.call('GET', `/v1/heads/${id}/revisions`)).json<{
      data: { id: string }[];
    }>();
    await world.call('DELETE', `/v1/heads/${id}`);
    await expectStatus(await world.call('GET', `/v1/heads/${id}/revisions/${data[0]?.id}`), 410);
  });

  test('files: in part, unchanged, beyond the end, and by links that are old or forged', async () => {
    const id = await finishHead();
    await world.refresh();
    await expectStatus(await world.call('GET', `/v1/heads/${id}/file/preview.png`), 302);
    const link = new URL(await findLink(), 'https://edge.test');
    for (const path of [`/v1/heads/${id}/file/head.glb`, link.pathname + link.search]) {
      const etag = (await world.call('GET', path)).headers.get('ETag') ?? '';
      const ask = (headers: Record<string, string>) => world.call('GET', path, { headers });
      await expectStatus(await ask({ 'If-None-Match': etag }), 304);
      await expectStatus(await ask({ Range: 'bytes=0-0' }), 206);
      await expectProblem(await ask({ Range: 'bytes=999-' }), 'input.range_not_satisfiable');
    }
    const { head_id } = await (await world.call('GET', `/v1/assets/${link.pathname.split('/')[2]}`)).json<{
      head_id: string;
    }>();
    await world.call('DELETE', `/v1/heads/${head_id}`);
    await expectStatus(await world.call('GET', link.pathname + link.search), 404);
    link.searchParams.set('signature', 'x');
    await expectStatus(await world.call('GET', link.pathname + link.search), 403);
  });

  test('a picture before there is one, keys that are revoked, endpoints that are off or too many', async () => {
    const { job } = await createJob(world.call);
    await expectProblem(await world.call('GET', `/v1/jobs/${job.id}/preview`), 'resource.not_ready');
    const key = (await (await post('/v1/keys', { name: 'x' })).json<{ id: string }>()).id;
    await post(`/v1/keys/${key}/revoke`, undefined);
    await expectProblem(await post(`/v1/keys/${key}/rotate`, {}), 'resource.revoked');
    await expectProblem(
      await world.call('PATCH', `/v1/keys/${key}`, { json: { name: 'y' } }),
      'resource.revoked',
    );
    const url = 'http://127.0.0.1:9/hook';
    const endpoint = (await (await post('/v1/webhook_endpoints', { url })).json<{ id: string }>()).id;
    await world.call('PATCH', `/v1/webhook_endpoints/${endpoint}`, { json: { status: 'disabled' } });
    await expectProblem(await post(`/v1/webhook_endpoints/${endpoint}/test`, undefined), 'resource.disabled');
    await expectProblem(
      await post(`/v1/webhook_endpoints/${endpoint}/redeliver`, { since: '2026-01-01T00:00:00Z' }),
      'resource.disabled',
    );
    const event = world.ids.get('evt_')?.[0];
    await expectProblem(
      await post(`/v1/events/${event}/redeliver`, { endpoint_id: endpoint }),
      'resource.disabled',
    );
    let last = 201;
    for (let i = 0; i < 50 && last === 201; i += 1)
      last = (await other.call('POST', '/v1/webhook_endpoints', { json: { url } })).status;
    expect(last).toBe(409);
  });

  test('documents that are unchanged, codes that are none, and payments that nobody takes', async () => {
    const etag = (await world.call('GET', '/v1/openapi.json')).headers.get('ETag') ?? '';
    await expectStatus(
      await world.call('GET', '/v1/openapi.json', { headers: { 'If-None-Match': etag } }),
      304,
    );
    await expectProblem(await world.call('GET', '/v1/errors/none'), 'resource.not_found');
    const unpaid = replaced({ payments: { ...deps.payments, live: null } }, await liveKey());
    for (const name of ['createCheckout', 'createPortal']) {
      const { method, path, options } = requestTo(operationNamed(name));
      await expectProblem(await unpaid(method, path, options), 'billing.unavailable');
    }
  });
});

async function liveKey(): Promise<string> {
  const key = createKey('hk_live_');
  const hash = await hashSecret(key);
  const id = deps.ids.create('key');
  await deps.db
    .insert(apiKeys)
    .values({ id, accountId: world.account.id, mode: 'live', hash, createdAt: Date.now() });
  return key;
}

describe('success', () => {
  // What ends something, or may turn it off, comes last, and the account at the very end.
  const weight = (name: string): number =>
    name === 'deleteAccount' ? 2 : /^(delete|revoke|update)/.test(name) ? 1 : 0;
  const ordered = OPERATIONS.toSorted((a, b) => weight(a.operationId) - weight(b.operationId));

  beforeAll(async () => {
    await finishHead();
    await world.refresh();
    const { data } = await (await world.call('GET', '/v1/keys')).json<{ data: { id: string }[] }>();
    // The key that asks is the oldest; it must stay as it is.
    world.ids.set(
      'key_',
      (world.ids.get('key_') ?? []).filter((id) => id !== data.at(-1)?.id),
    );
  });

  test.each(ordered.map((each) => [each.operationId, each] as const))('%s', async (_, operation) => {
    const response = (await askByHand(operation)) ?? (await askBySamples(operation));
    expect(response.status, operation.operationId).toBeLessThan(400);
    await response.body?.cancel();
  });
});

/** The answer to the first sample that succeeds, or to the last of many. */
async function askBySamples(operation: DocumentedOperation): Promise<Response> {
  for (let tries = 0; ; tries += 1) {
    const { method, path, options } = requestTo(operation);
    const response = await world.call(method, path, options);
    if (response.status >= 400 && tries < 40) continue;
    if (response.headers.get('Content-Type')?.startsWith('text/event-stream') !== true) return response;
    await response.body?.cancel();
    return new Response(null, { status: response.status });
  }
}

/** The ones that no sample can reach: they need a picture, a link, or the account's own id. */
async function askByHand({ operationId }: DocumentedOperation): Promise<Response | null> {
  if (operationId === 'getLinkedFile') {
    const { pathname, search } = new URL(await findLink(), 'https://edge.test');
    return world.call('GET', pathname + search);
  }
  if (operationId === 'deleteAccount') {
    return makeClient(await liveKey())('DELETE', `/v1/account?confirm=${world.account.id}`);
  }
  if (operationId !== 'getPreview') return null;
  const { job } = await createJob(world.call);
  for (let claim = await claimOrThrow(runner); ; claim = await claimOrThrow(runner)) {
    await runner.preview(claim, PNG);
    if (claim.job.job_id === job.id) return world.call('GET', `/v1/jobs/${job.id}/preview`);
  }
}

afterAll(() => {
  const seen = takeSeenResponses();
  expect(documentedResponses().filter((each) => !seen.includes(each))).toEqual([]);
});
