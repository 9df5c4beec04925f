import { CURRENT_API_VERSION, deprecation, NOTICE_DAYS } from '@headwright/shared/api-version';
import { eq } from 'drizzle-orm';
import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { apiKeys } from '../db/schema/api-keys.ts';
import type { AppEnv } from '../http/context.ts';
import type { AccountContext } from '../services/context.ts';
import { makeClient } from '../test/client.ts';
import { expectProblem } from '../test/expect-problem.ts';
import { deps, makeAccount } from '../test/factories.ts';
import { apiVersion } from './api-version.ts';

test('a key is pinned to the version of its first use, which every answer names', async () => {
  const account = await makeAccount();
  const pinned = async () => {
    const [key] = await deps.db.select().from(apiKeys).where(eq(apiKeys.accountId, account.id));
    return key?.apiVersion;
  };
  expect(await pinned()).toBeNull();
  const response = await makeClient(account.key)('GET', '/v1/heads');
  expect(response.headers.get('API-Version')).toBe(CURRENT_API_VERSION);
  expect(await pinned()).toBe(CURRENT_API_VERSION);
});

test('a request may name a version that exists, and no other', async () => {
  const call = makeClient((await makeAccount()).key);
  const ask = (version: string) => call('GET', '/v1/heads', { headers: { 'API-Version': version } });
  expect((await ask(CURRENT_API_VERSION)).status).toBe(200);
  for (const version of ['2020-01-01', 'latest', '']) {
    const problem = await expectProblem(await ask(version), 'input.unsupported_version');
    expect(problem.detail).toContain(CURRENT_API_VERSION);
  }
});

const OLD = '2026-12-01';
const NEW = '2027-12-01';
const ENDING = deprecation('2027-12-01T00:00:00Z', '2028-12-01T00:00:00Z', '/v1/openapi.json');

/** What a route answers, once OLD has been announced to end. */
async function answerOf(deprecated: Parameters<typeof apiVersion>[0], asked: string): Promise<Response> {
  const app = new Hono<AppEnv>();
  app.use(async (c, next) => {
    // Nothing else of it is read.
    c.set('account', { actor: { apiVersion: OLD } } as AccountContext);
    await next();
  });
  app.use(apiVersion(deprecated, [OLD, NEW], new Map([[OLD, ENDING]])));
  app.get('/', (c) => c.text('here'));
  return app.request('/', { headers: asked === '' ? {} : { 'API-Version': asked } });
}

test('whoever speaks a version that will end is told so by every answer, pinned or not', async () => {
  for (const asked of [OLD, '']) {
    const { headers } = await answerOf({}, asked);
    expect(headers.get('Deprecation')).toBe(`@${Date.UTC(2027, 11, 1) / 1000}`);
    expect(headers.get('Sunset')).toBe('Fri, 01 Dec 2028 00:00:00 GMT');
    expect(headers.get('Link')).toBe('</v1/openapi.json>; rel="successor-version"');
  }
  expect((await answerOf({}, NEW)).headers.has('Deprecation')).toBe(false);
});

test('a route that will end says so in every version', async () => {
  const contract = { operation: 'x', tag: 'Meta', summary: 'x', responses: {}, deprecated: ENDING } as const;
  expect((await answerOf({ contract }, NEW)).headers.get('Sunset')).toBe('Fri, 01 Dec 2028 00:00:00 GMT');
});

test(`an end that leaves less than ${NOTICE_DAYS} days cannot be announced`, () => {
  expect(() => deprecation('2027-01-01', '2027-06-29', '/x')).toThrow('got 179');
  expect(deprecation('2027-01-01', '2027-06-30', '/x').successor).toBe('/x');
});
