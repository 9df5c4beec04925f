import { ClientTokenWithSecret } from '@headwright/shared/api/client-tokens';
import { ApiKey, ApiKeyWithSecret, KeyList } from '@headwright/shared/api/keys';
import { SCOPES } from '@headwright/shared/scopes';
import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { apiKeys } from '../../../db/schema/api-keys.ts';
import { KEY_MEMORY_MS } from '../../../services/keys/create-key-memory.ts';
import { createKey, hashSecret, keyPrefix } from '../../../services/keys/format.ts';
import { type Client, makeClient } from '../../../test/client.ts';
import { createJob } from '../../../test/create-job.ts';
import { expectProblem } from '../../../test/expect-problem.ts';
import { countRows, deps, endAllJobs, makeAccount, makeClock, makeEdge } from '../../../test/factories.ts';

/** An account whose only key calls an edge on a clock that the test moves. */
async function start() {
  const clock = makeClock();
  const { fetcher } = makeEdge({ clock: clock.now });
  const account = await makeAccount();
  return { clock, fetcher, account, call: makeClient(account.key, fetcher) };
}

async function makeKey(call: Client, json: Record<string, unknown> = {}): Promise<ApiKeyWithSecret> {
  const response = await call('POST', '/v1/keys', { json: { name: 'server', ...json } });
  expect(response.status).toBe(201);
  return ApiKeyWithSecret.parse(await response.json());
}

const readKey = async (call: Client, path: string) => ApiKey.parse(await (await call('GET', path)).json());

/** Calls as from this address. */
const from =
  (address: string, call: Client): Client =>
  (method, path, options) =>
    call(method, path, { ...options, headers: { ...options?.headers, 'CF-Connecting-IP': address } });

const soon = (clock: { now: () => number }, seconds: number) =>
  new Date(clock.now() + seconds * 1000).toISOString();

test('a new key is shown once, works at once, and is stored as its hash alone', async () => {
  const { fetcher, account, call } = await start();
  const made = await makeKey(call);
  expect(keyPrefix(made.secret)).toBe('hk_test_');
  expect(made).toMatchObject({ name: 'server', mode: 'test', hint: made.secret.slice(-4), scopes: SCOPES });
  expect((await makeClient(made.secret, fetcher)('GET', '/v1/keys')).status).toBe(200);
  const read = await (await call('GET', made.urls.self)).text();
  expect(read).not.toContain(made.secret);
  const rows = await deps.db.select().from(apiKeys).where(eq(apiKeys.accountId, account.id));
  expect(JSON.stringify(rows)).not.toContain(made.secret);
  expect(rows.map(({ hash }) => hash)).toContain(await hashSecret(made.secret));
});

test('keys are listed in pages, newest first', async () => {
  const call = makeClient((await makeAccount()).key);
  const made = [await makeKey(call), await makeKey(call), await makeKey(call)];
  const page = async (query: string) => KeyList.parse(await (await call('GET', `/v1/keys?${query}`)).json());
  const first = await page('limit=2');
  expect(first.data.map(({ id }) => id)).toEqual([made[2]?.id, made[1]?.id]);
  expect(first.has_more).toBe(true);
  const rest = await page(`limit=2&starting_after=${first.data[1]?.id}`);
  expect(rest.data).toHaveLength(2);
  expect([rest.data[0]?.id, rest.has_more]).toEqual([made[0]?.id, false]);
});

test('a key never sees keys of another account or of the other mode', async () => {
  const [ours, theirs] = [await start(), await start()];
  const foreign = await makeKey(theirs.call);
  const liveKey = createKey('hk_live_');
  const liveId = deps.ids.create('key');
  await deps.db.insert(apiKeys).values({
    id: liveId,
    accountId: ours.account.id,
    mode: 'live',
    hash: await hashSecret(liveKey),
    createdAt: 1,
  });
  for (const id of [foreign.id, liveId]) {
    await expectProblem(await ours.call('GET', `/v1/keys/${id}`), 'resource.not_found');
    const patch = await ours.call('PATCH', `/v1/keys/${id}`, { json: { name: 'mine' } });
    await expectProblem(patch, 'resource.not_found');
    await expectProblem(await ours.call('POST', `/v1/keys/${id}/revoke`), 'resource.not_found');
    await expectProblem(await ours.call('POST', `/v1/keys/${id}/rotate`, { json: {} }), 'resource.not_found');
  }
  expect((await readKey(makeClient(liveKey), `/v1/keys/${liveId}`)).revoked_at).toBeNull();
});

describe('a key can give only what it has', () => {
  test.each([
    ['a scope', { scopes: ['keys:manage', 'heads:write'] }, '/scopes/1'],
    ['a later end', { expires_at: '2999-01-01T00:00:00Z' }, '/expires_at'],
    ['no end', { expires_at: null }, '/expires_at'],
    ['a higher cap', { monthly_spend_cap: 501 }, '/monthly_spend_cap'],
    ['no cap', { monthly_spend_cap: null }, '/monthly_spend_cap'],
    ['another address', { allowed_ips: ['192.0.2.0/24', '198.51.100.7'] }, '/allowed_ips'],
    ['every address', { allowed_ips: null }, '/allowed_ips'],
  ])('so not %s that it lacks, to a new key, to itself, or by a rotation', async (_, powers, pointer) => {
    const { clock, fetcher, call } = await start();
    const narrow = {
      scopes: ['keys:manage'],
      expires_at: soon(clock, 3600),
      monthly_spend_cap: 500,
      allowed_ips: ['192.0.2.0/24'],
    };
    const bounded = await makeKey(call, narrow);
    const wider = await makeKey(call, { ...narrow, ...powers });
    const callBounded = from('192.0.2.7', makeClient(bounded.secret, fetcher));
    const tries = [
      await callBounded('POST', '/v1/keys', { json: { name: 'more', ...powers } }),
      await callBounded('PATCH', bounded.urls.self, { json: powers }),
    ];
    for (const response of tries) {
      const problem = await expectProblem(response, 'auth.insufficient_scope');
      expect(problem.errors?.map((error) => error.pointer)).toEqual([pointer]);
    }
    const rotation = await callBounded('POST', wider.urls.rotate, { json: {} });
    await expectProblem(rotation, 'auth.insufficient_scope');
    // Left out, each of them is the key's own.
    expect(await makeKey(callBounded)).toMatchObject({
      scopes: ['keys:manage'],
      monthly_spend_cap: 500,
      allowed_ips: ['192.0.2.0/24'],
    });
  });
});

test('a key stops at its end, also while it is remembered as good', async () => {
  const { clock, fetcher, call } = await start();
  const made = await makeKey(call, { expires_at: soon(clock, 60) });
  const callMade = makeClient(made.secret, fetcher);
  clock.advance(59_999);
  expect((await callMade('GET', '/v1/keys')).status).toBe(200);
  clock.advance(1);
  await expectProblem(await callMade('GET', '/v1/keys'), 'auth.expired_key');
  const past = await call('POST', '/v1/keys', { json: { name: 'late', expires_at: soon(clock, 0) } });
  await expectProblem(past, 'input.invalid');
});

test('a key is accepted from its addresses alone, its client tokens from anywhere', async () => {
  const { fetcher, call } = await start();
  const made = await makeKey(call, { allowed_ips: ['192.0.2.0/24', '2001:db8::1'] });
  const callMade = makeClient(made.secret, fetcher);
  const get = async (address: string) => (await from(address, callMade)('GET', '/v1/keys')).status;
  expect([await get('192.0.2.200'), await get('2001:db8::1'), await get('2001:db8::2')]).toEqual([
    200, 200, 403,
  ]);
  await expectProblem(await callMade('GET', '/v1/keys'), 'auth.ip_not_allowed');
  const minted = await from('192.0.2.1', callMade)('POST', '/v1/client_tokens', {
    json: { end_user: 'u', allow: { read: 'own' } },
  });
  const token = ClientTokenWithSecret.parse(await minted.json());
  expect((await makeClient(token.secret, fetcher)('GET', '/v1/heads/nothing')).status).toBe(404);
  await expectProblem(
    await call('POST', '/v1/keys', { json: { name: 'x', allowed_ips: ['192.0.2.0/33'] } }),
    'input.invalid',
  );
});

test('narrowing a key holds at once where it was changed, and within seconds elsewhere', async () => {
  const { clock, fetcher, call } = await start();
  const elsewhere = makeEdge({ clock: clock.now }).fetcher;
  const made = await makeKey(call);
  expect((await makeClient(made.secret, elsewhere)('GET', '/v1/keys')).status).toBe(200);
  const patched = await call('PATCH', made.urls.self, { json: { name: 'reader', scopes: ['heads:read'] } });
  expect(ApiKey.parse(await patched.json())).toMatchObject({ name: 'reader', scopes: ['heads:read'] });
  await expectProblem(await makeClient(made.secret, fetcher)('GET', '/v1/keys'), 'auth.insufficient_scope');
  clock.advance(KEY_MEMORY_MS);
  await expectProblem(await makeClient(made.secret, elsewhere)('GET', '/v1/keys'), 'auth.insufficient_scope');
});

test('a revoked key is refused and changes no more, and elsewhere it starts no job even while remembered', async () => {
  const { clock, fetcher, account, call } = await start();
  const elsewhere = makeEdge({ clock: clock.now }).fetcher;
  const made = await makeKey(call);
  await createJob(makeClient(made.secret, elsewhere));
  const revoked = ApiKey.parse(await (await call('POST', made.urls.revoke)).json());
  expect(revoked.revoked_at).toBe(new Date(clock.now()).toISOString());
  await expectProblem(await makeClient(made.secret, fetcher)('GET', '/v1/keys'), 'auth.invalid_key');
  const create = await makeClient(made.secret, elsewhere)('POST', '/v1/heads', {
    json: { prompt: 'an elf', preset: 'smoke' },
  });
  await expectProblem(create, 'auth.invalid_key');
  expect(await countRows(account.id)).toMatchObject({ headCount: 1, jobCount: 1 });
  clock.advance(KEY_MEMORY_MS);
  await expectProblem(await makeClient(made.secret, elsewhere)('GET', '/v1/keys'), 'auth.invalid_key');
  expect(await (await call('POST', made.urls.revoke)).json()).toMatchObject({
    revoked_at: revoked.revoked_at,
  });
  await expectProblem(await call('PATCH', made.urls.self, { json: { name: 'again' } }), 'resource.revoked');
  await expectProblem(await call('POST', made.urls.rotate, { json: {} }), 'resource.revoked');
  await endAllJobs();
});

test('rotation gives the same key a new secret, and the old one works on for the overlap', async () => {
  const { clock, fetcher, call } = await start();
  const made = await makeKey(call, { monthly_spend_cap: 700 });
  const rotate = async (overlapS: number) =>
    ApiKeyWithSecret.parse(
      await (await call('POST', made.urls.rotate, { json: { overlap_s: overlapS } })).json(),
    );
  const status = async (secret: string) => (await makeClient(secret, fetcher)('GET', '/v1/keys')).status;
  const second = await rotate(3600);
  expect(second).toMatchObject({ id: made.id, monthly_spend_cap: 700, hint: second.secret.slice(-4) });
  expect(second.previous_secret_expires_at).toBe(soon(clock, 3600));
  expect([await status(made.secret), await status(second.secret)]).toEqual([200, 200]);
  clock.advance(3_600_000);
  expect([await status(made.secret), await status(second.secret)]).toEqual([401, 200]);
  expect((await readKey(call, made.urls.self)).previous_secret_expires_at).toBeNull();
  const third = await rotate(0);
  expect([await status(second.secret), await status(third.secret)]).toEqual([401, 200]);
});

test('last use is noted, at most once a minute', async () => {
  const { clock, fetcher, call } = await start();
  const made = await makeKey(call);
  expect((await readKey(call, made.urls.self)).last_used_at).toBeNull();
  const use = async () => {
    await makeClient(made.secret, fetcher)('GET', '/v1/keys');
    return (await readKey(call, made.urls.self)).last_used_at;
  };
  const first = await use();
  expect(first).toBe(new Date(clock.now()).toISOString());
  clock.advance(59_000);
  expect(await use()).toBe(first);
  clock.advance(6_000);
  expect(await use()).toBe(new Date(clock.now()).toISOString());
});

test('a key without the scope for keys makes none', async () => {
  const { fetcher, call } = await start();
  const made = await makeKey(call, { scopes: ['heads:read', 'heads:write'] });
  const response = await makeClient(made.secret, fetcher)('POST', '/v1/keys', { json: { name: 'x' } });
  await expectProblem(response, 'auth.insufficient_scope');
});
