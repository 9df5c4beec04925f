import { ClientTokenWithSecret } from '@headwright/shared/api/client-tokens';
import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { accounts } from '../db/schema/accounts.ts';
import { PLANS } from '../services/quotas/plans.ts';
import { makeClient } from '../test/client.ts';
import { expectProblem } from '../test/expect-problem.ts';
import { deps, makeAccount, makeClock, makeEdge } from '../test/factories.ts';

const { burst, perSecond } = PLANS.free.requests;

async function start() {
  const clock = makeClock();
  const { fetcher } = makeEdge({ clock: clock.now });
  const account = await makeAccount({ plan: 'free' });
  const call = makeClient(account.key, fetcher);
  const get = () => call('GET', '/v1/heads/nothing');
  return { clock, fetcher, account, call, get };
}

test('a burst passes, the next request is told to wait, and whoever waits so long passes', async () => {
  const { clock, get } = await start();
  for (let left = burst - 1; left >= 0; left--) {
    const response = await get();
    expect(response.status).toBe(404);
    const fullInS = Math.ceil((burst - left) / perSecond);
    expect(response.headers.get('RateLimit')).toBe(`"req";r=${left};t=${fullInS}`);
  }
  const refused = await get();
  expect(refused.headers.get('RateLimit')).toBe(`"req";r=0;t=${burst / perSecond}`);
  expect(refused.headers.get('RateLimit-Policy')).toBe(
    `"req";q=${burst};w=${burst / perSecond}, "jobs";q=12;qu="concurrent-requests"`,
  );
  const waitS = Number(refused.headers.get('Retry-After'));
  expect(waitS).toBeGreaterThanOrEqual(1);
  await expectProblem(refused, 'limit.rate');
  clock.advance(waitS * 1000);
  expect((await get()).status).toBe(404);
});

test('accounts and modes have buckets of their own, and one without limit is told none', async () => {
  const { account, get } = await start();
  for (let i = 0; i < burst; i++) await get();
  expect((await get()).status).toBe(429);
  const other = await start();
  expect((await other.get()).headers.get('RateLimit')).toContain(`r=${burst - 1};`);
  await deps.db.update(accounts).set({ plan: 'unmetered' }).where(eq(accounts.id, account.id));
  const unmetered = await makeClient(account.key)('GET', '/v1/heads/nothing');
  expect([unmetered.status, unmetered.headers.get('RateLimit')]).toEqual([404, null]);
});

test('one client token empties its own bucket, not its account’s', async () => {
  const { call, fetcher, get } = await start();
  const minted = await call('POST', '/v1/client_tokens', { json: { end_user: 'u', allow: { read: 'own' } } });
  const token = ClientTokenWithSecret.parse(await minted.json());
  const app = makeClient(token.secret, fetcher);
  const own = PLANS.free.tokenRequests;
  for (let i = 0; i < own.burst; i++) expect((await app('GET', '/v1/heads/nothing')).status).toBe(404);
  const refused = await app('GET', '/v1/heads/nothing');
  expect(refused.headers.get('RateLimit')).toContain(`"${token.id}";r=0;`);
  expect(refused.headers.get('Access-Control-Allow-Origin')).toBe('*');
  await expectProblem(refused, 'limit.rate');
  expect((await get()).headers.get('RateLimit')).toContain(`r=${burst - own.burst - 2};`);
});

test('a rate that cannot be counted refuses nobody', async () => {
  const account = await makeAccount({ plan: 'free' });
  const { fetcher } = makeEdge({ rates: { take: async () => null } });
  const response = await makeClient(account.key, fetcher)('GET', '/v1/heads/nothing');
  expect([response.status, response.headers.get('RateLimit')]).toEqual([404, null]);
});
