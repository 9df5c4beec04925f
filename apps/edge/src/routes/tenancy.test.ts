import { SCOPES } from '@headwright/shared/scopes';
import { beforeAll, describe, expect, test } from 'vitest';
import { apiKeys } from '../db/schema/api-keys.ts';
import { createKey, hashSecret } from '../services/keys/format.ts';
import { type Client, makeClient } from '../test/client.ts';
import { expectProblem } from '../test/expect-problem.ts';
import { deps } from '../test/factories.ts';
import { type World, makeWorld } from '../test/make-world.ts';
import { COMPONENTS, OPERATIONS, requestOf, scopeOf } from '../test/operations.ts';
import { makeRandom } from '../test/sample-of-schema.ts';

// Every operation of the OpenAPI document, asked by whoever must not see what it is about.

let owner: World;
/** Callers to whom the owner's objects do not exist. */
const strangers = new Map<string, Client>();
/** The owner's keys that have every scope but one. */
const narrowed = new Map<string, Client>();
let token: Client;

async function mint(call: Client, allow: object): Promise<Client> {
  const response = await call('POST', '/v1/client_tokens', { json: { end_user: 'somebody', allow } });
  const { secret } = await response.json<{ secret: string }>();
  return makeClient(secret);
}

/** A world is some dozen requests, on a machine that may have other things to do. */
const WORLD_TIMEOUT_MS = 120_000;

beforeAll(async () => {
  owner = await makeWorld();
  const other = await makeWorld();
  const live = createKey('hk_live_');
  await deps.db.insert(apiKeys).values({
    id: deps.ids.create('key'),
    accountId: owner.account.id,
    mode: 'live',
    hash: await hashSecret(live),
    createdAt: Date.now(),
  });
  token = await mint(owner.call, { read: 'own' });
  strangers.set('another account', other.call);
  strangers.set('the other mode of the account', makeClient(live));
  strangers.set('a token of another account', await mint(other.call, { create: 5, read: 'own' }));
  strangers.set('a token of another end user', token);
  for (const scope of SCOPES) {
    const scopes = SCOPES.filter((name) => name !== scope);
    const response = await owner.call('POST', '/v1/keys', { json: { name: `all but ${scope}`, scopes } });
    narrowed.set(scope, makeClient((await response.json<{ secret: string }>()).secret));
  }
}, WORLD_TIMEOUT_MS);

const source = () => ({ random: makeRandom(1), components: COMPONENTS, ids: owner.ids });
const guarded = OPERATIONS.filter(({ security }) => security.length > 0).map(
  (operation) => [operation.operationId, operation] as const,
);
const hasId = ({ path }: { path: string }) => path.includes('{id}');

describe('of somebody else’s objects', () => {
  test('the owner has one for every operation that names one', () => {
    for (const [name, operation] of guarded.filter(([, operation]) => hasId(operation))) {
      const { path } = requestOf(operation, source());
      expect(path, name).not.toContain('0'.repeat(26));
    }
  });

  test.each(guarded.filter(([, operation]) => hasId(operation)))('%s knows nothing', async (_, operation) => {
    const { method, path, json } = requestOf(operation, source());
    // A token that names another's end user is told so (422) before any object is looked for.
    if (typeof json === 'object' && json !== null) Reflect.deleteProperty(json, 'end_user');
    const options = json === undefined ? {} : { json };
    for (const [name, call] of strangers) {
      const response = await call(method, path, options);
      expect([403, 404], `${name}: ${method} ${path}`).toContain(response.status);
      const isToken = name.startsWith('a token');
      const mayAsk = !isToken || operation.security.some((requirement) => 'clientToken' in requirement);
      if (mayAsk && response.status === 403) expect(isToken, name).toBe(true);
      if (mayAsk && !isToken) await expectProblem(response, 'resource.not_found');
    }
  });

  test.each(guarded.filter(([, operation]) => !hasId(operation) && operation.method === 'GET'))(
    '%s lists none',
    async (_, operation) => {
      for (const [name, call] of strangers) {
        const text = await (await call('GET', operation.path)).text();
        for (const id of [...owner.ids.values()].flat()) {
          // Both modes of an account have the same keys' owner, so only its objects must stay apart.
          expect(text, `${name}: ${operation.path}`).not.toContain(id);
        }
      }
    },
  );
});

describe('without its scope', () => {
  test.each(guarded)('%s is refused', async (name, operation) => {
    const scope = scopeOf(operation);
    const call = narrowed.get(scope ?? '');
    if (call === undefined) throw new Error(`${name}: expected a scope`);
    const { method, path, json } = requestOf(operation, source());
    const response = await call(method, path, json === undefined ? {} : { json });
    await expectProblem(response, 'auth.insufficient_scope');
  });
});

describe('to a client token', () => {
  const closed = guarded.filter(([, { security }]) => !security.some((entry) => 'clientToken' in entry));
  test('most of the API is closed', () => expect(closed.length).toBeGreaterThan(20));
  test.each(closed)('%s is', async (_, operation) => {
    const { method, path, json } = requestOf(operation, source());
    const response = await token(method, path, json === undefined ? {} : { json });
    await expectProblem(response, 'auth.insufficient_scope');
  });
});
