import { CURRENT_API_VERSION } from '@headwright/shared/api-version';
import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { apiKeys } from '../db/schema/api-keys.ts';
import { makeClient } from '../test/client.ts';
import { expectProblem } from '../test/expect-problem.ts';
import { deps, makeAccount } from '../test/factories.ts';

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
