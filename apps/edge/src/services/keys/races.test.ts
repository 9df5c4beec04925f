import { ApiKey, ApiKeyWithSecret } from '@headwright/shared/api/keys';
import { eq, type SQL } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { apiKeys } from '../../db/schema/api-keys.ts';
import { makeClient } from '../../test/client.ts';
import { createJob } from '../../test/create-job.ts';
import { expectProblem } from '../../test/expect-problem.ts';
import { deps, endAllJobs, makeAccount, makeClock, makeEdge } from '../../test/factories.ts';

/** An edge on whose next batch something else is quicker. */
function makeSlowEdge() {
  let quicker: (() => Promise<unknown>) | null = null;
  const db = new Proxy(deps.db, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (name !== 'batch') return typeof value === 'function' ? value.bind(target) : value;
      return async (...queries: Parameters<typeof target.batch>) => {
        const first = quicker;
        quicker = null;
        await first?.();
        return target.batch(...queries);
      };
    },
  });
  const { fetcher } = makeEdge({ db });
  return {
    fetcher,
    beQuicker: (act: () => Promise<unknown>) => {
      quicker = act;
    },
  };
}

const keysOf = (where: SQL) => deps.db.select().from(apiKeys).where(where);

test('where a revoked key is still remembered it reads, and does nothing else', async () => {
  const account = await makeAccount();
  const call = makeClient(account.key);
  const make = async () =>
    ApiKeyWithSecret.parse(await (await call('POST', '/v1/keys', { json: { name: 'server' } })).json());
  const [leaked, other] = [await make(), await make()];
  const { head, job } = await createJob(call);
  const attempts = [
    ['POST', '/v1/keys', { name: 'mine' }],
    ['POST', other.urls.rotate, {}],
    ['PATCH', other.urls.self, { name: 'mine' }],
    ['POST', '/v1/client_tokens', { end_user: 'ann', allow: { read: 'own' } }],
    ['POST', '/v1/webhook_endpoints', { url: 'https://example.com/hook' }],
    ['PUT', '/v1/limits', { monthly_cap: null }],
    ['POST', job.urls.cancel, {}],
    ['PATCH', head.urls.self, { name: 'mine' }],
    ['DELETE', head.urls.self, {}],
    ['DELETE', `/v1/account?confirm=${account.id}`, {}],
  ] as const;
  // Each in a place of its own, which forgets the key when it has looked, and where time stands still.
  const { now } = makeClock();
  const elsewhere = attempts.map(() => makeClient(leaked.secret, makeEdge({ clock: now }).fetcher));
  for (const there of elsewhere) expect((await there('GET', head.urls.self)).status).toBe(200);
  await call('POST', leaked.urls.revoke);
  for (const [i, [method, path, json]] of attempts.entries()) {
    const there = elsewhere[i] ?? call;
    expect((await there('GET', head.urls.self)).status).toBe(200);
    await expectProblem(await there(method, path, { json }), 'auth.invalid_key');
  }
  await endAllJobs();
});

test('a key that is revoked at the same moment leaves no other key behind', async () => {
  const account = await makeAccount();
  const { fetcher, beQuicker } = makeSlowEdge();
  const ofAccount = eq(apiKeys.accountId, account.id);
  beQuicker(() => deps.db.update(apiKeys).set({ revokedAt: 1 }).where(ofAccount));
  const response = await makeClient(account.key, fetcher)('POST', '/v1/keys', { json: { name: 'x' } });
  await expectProblem(response, 'auth.invalid_key');
  expect(await keysOf(ofAccount)).toHaveLength(1);
});

test('a new name does not bring back the scopes that somebody takes away at the same moment', async () => {
  const account = await makeAccount();
  const { fetcher, beQuicker } = makeSlowEdge();
  const call = makeClient(account.key, fetcher);
  const made = ApiKey.parse(await (await call('POST', '/v1/keys', { json: { name: 'x' } })).json());
  const isMade = eq(apiKeys.id, made.id);
  beQuicker(() =>
    deps.db
      .update(apiKeys)
      .set({ scopes: ['heads:read'] })
      .where(isMade),
  );
  expect((await call('PATCH', made.urls.self, { json: { name: 'reader' } })).status).toBe(200);
  expect(await keysOf(isMade)).toMatchObject([{ name: 'reader', scopes: ['heads:read'] }]);
});
