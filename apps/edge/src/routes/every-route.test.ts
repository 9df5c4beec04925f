import { SCOPES } from '@headwright/shared/scopes';
import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { apiKeys } from '../db/schema/api-keys.ts';
import { runnerKeys } from '../db/schema/runner-keys.ts';
import { KEY_MEMORY_MS } from '../services/keys/create-key-memory.ts';
import { createKey, hashSecret } from '../services/keys/format.ts';
import { makeClient } from '../test/client.ts';
import { expectProblem } from '../test/expect-problem.ts';
import { deps, makeAccount, makeClock, makeEdge, makeRunnerKey } from '../test/factories.ts';
import { ROUTES } from './index.ts';

const anyone = makeClient(null);

/** A path of this route, with something for each of its parts. */
const pathOf = (route: { path: string }) =>
  route.path
    .replace(':name{.+}', 'views/front.png')
    .replace(':code', 'input.invalid')
    .replace(':revision_id', 'some_revision')
    .replace(':id', 'some_id');

// Operators' keys are no rows: routes/operator/command.test.ts.
const guarded = ROUTES.filter(({ credential }) => credential === 'account' || credential === 'runner').map(
  (route) => [`${route.method} ${route.path}`, route] as const,
);

describe('a route with a credential refuses', () => {
  test.each(guarded)('%s without a key', async (_, route) => {
    const response = await anyone(route.method, pathOf(route));
    await expectProblem(response, 'auth.missing_key');
    expect(response.headers.get('WWW-Authenticate')).toBe('Bearer realm="headwright"');
  });

  test.each(guarded)(
    '%s with a key of another kind, a forged, a garbled and a revoked one',
    async (_, route) => {
      const account = await makeAccount();
      const runnerKey = await makeRunnerKey();
      const wrongKind = route.credential === 'account' ? runnerKey : account.key;
      const revoked = route.credential === 'account' ? account.key : runnerKey;
      const clock = makeClock();
      const { fetcher } = makeEdge({ clock: clock.now });
      expect((await makeClient(revoked, fetcher)(route.method, pathOf(route))).status).not.toBe(401);
      const hash = await hashSecret(revoked);
      await deps.db.update(apiKeys).set({ revokedAt: 1 }).where(eq(apiKeys.hash, hash));
      await deps.db.update(runnerKeys).set({ revokedAt: 1 }).where(eq(runnerKeys.hash, hash));
      const forged = createKey(route.credential === 'account' ? 'hk_test_' : 'rk_');
      clock.advance(KEY_MEMORY_MS);
      for (const key of [
        wrongKind,
        forged,
        `${revoked.slice(0, -1)}!`,
        'hk_test_',
        `${revoked} x`,
        revoked,
      ]) {
        await expectProblem(await makeClient(key, fetcher)(route.method, pathOf(route)), 'auth.invalid_key');
      }
      const basic = await anyone(route.method, pathOf(route), { headers: { Authorization: 'Basic YTpi' } });
      await expectProblem(basic, 'auth.invalid_key');
    },
  );
});

test.each(
  ROUTES.filter(({ credential }) => credential === 'account').map((route) => [route.path, route] as const),
)('%s asks for a scope, and says no to keys without it', async (_, route) => {
  const { id, key } = await makeAccount();
  const { scope } = route;
  await deps.db
    .update(apiKeys)
    .set({ scopes: SCOPES.filter((other) => other !== scope) })
    .where(eq(apiKeys.accountId, id));
  expect(scope).toBeDefined();
  const problem = await expectProblem(
    await makeClient(key)(route.method, pathOf(route)),
    'auth.insufficient_scope',
  );
  expect(problem.detail).toContain(scope);
});

test('a key whose checksum is wrong is refused without a look at the database', async () => {
  const { fetcher } = makeEdge({ db: brokenDatabase() });
  const key = createKey('hk_test_');
  const garbled = `${key.slice(0, 20)}${key[20] === '0' ? '1' : '0'}${key.slice(21)}`;
  await expectProblem(await makeClient(garbled, fetcher)('GET', '/v1/jobs/x'), 'auth.invalid_key');
});

test('the scheme of the Authorization header may be written in any case', async () => {
  const { key } = await makeAccount();
  const response = await anyone('GET', '/v1/jobs/x', { headers: { Authorization: `bearer ${key}` } });
  expect(response.status).toBe(404);
});

describe('a path', () => {
  test.each([
    '/v1',
    '/v1/',
    '/v1/nothing',
    '/v1/heads/',
    '/runner/v2/claim',
    '/v1/heads/x/file/',
    '/v1/jobs/x/y',
  ])('%s that is no route is a 404', async (path) => {
    await expectProblem(await anyone('GET', path), 'resource.not_found');
  });

  test.each(ROUTES.map((route) => [route.path, route] as const))(
    '%s names its methods',
    async (path, route) => {
      const declared = ROUTES.filter((other) => other.path === path).map((other) => other.method);
      const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
      const others = methods.filter((method) => !declared.some((name) => name === method));
      for (const method of ['OPTIONS', ...others]) {
        const response = await anyone(method, pathOf(route));
        await expectProblem(response, 'resource.method_not_allowed');
        const allowed = response.headers.get('Allow')?.split(', ');
        expect(allowed?.toSorted()).toEqual(
          [...declared, ...(declared.includes('GET') ? ['HEAD'] : [])].toSorted(),
        );
      }
    },
  );
});

test('a problem’s type leads to what its code means', async () => {
  const problem = await expectProblem(await anyone('GET', '/v1/nothing'), 'resource.not_found');
  const meaning = await (await anyone('GET', problem.type)).json();
  expect(meaning).toMatchObject({
    code: 'resource.not_found',
    status: 404,
    title: 'There is no such resource',
    retryable: false,
  });
  await expectProblem(await anyone('GET', '/v1/errors/toString'), 'resource.not_found');
});

test('health is answered without a key', async () => {
  const response = await anyone('GET', '/healthz');
  expect(response.status).toBe(200);
  expect(response.headers.get('Request-Id')).toMatch(/^req_/);
  expect(await response.json()).toEqual({ status: 'ok' });
});

test('two requests never share an id', async () => {
  const ids = await Promise.all(
    Array.from({ length: 50 }, async () => (await anyone('GET', '/healthz')).headers.get('Request-Id')),
  );
  expect(new Set(ids).size).toBe(50);
});

function brokenDatabase(): typeof deps.db {
  return new Proxy(deps.db, {
    get: () => () => {
      throw new Error('secret: select * from accounts');
    },
  });
}

test('an unknown exception is logged in full and answered with nothing inside', async () => {
  const logged: string[] = [];
  const log = {
    info: () => undefined,
    error: (message: string, fields: object) => logged.push(JSON.stringify({ message, ...fields })),
  };
  const { fetcher } = makeEdge({ db: brokenDatabase(), log });
  const { key } = await makeAccount();
  const response = await makeClient(key, fetcher)('GET', '/v1/jobs/x');
  const text = await response.clone().text();
  const problem = await expectProblem(response, 'internal.error');
  expect(text).not.toMatch(/secret|select|at /);
  expect(problem.detail).toBe('Something went wrong on our side.');
  expect(logged.join()).toContain('secret: select');
  expect(logged.join()).toContain(problem.request_id);
});
