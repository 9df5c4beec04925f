import { ClientTokenWithSecret } from '@headwright/shared/api/client-tokens';
import { expect, test } from 'vitest';
import { makeClient } from '../test/client.ts';
import { expectProblem } from '../test/expect-problem.ts';
import { makeAccount } from '../test/factories.ts';

const ORIGIN = { Origin: 'https://app.example' };
const anyone = makeClient(null);

async function makeToken() {
  const account = await makeAccount();
  const response = await makeClient(account.key)('POST', '/v1/client_tokens', {
    json: { end_user: 'u', allow: { create: 1, read: 'own' } },
  });
  return { account, token: ClientTokenWithSecret.parse(await response.json()) };
}

test.each([
  ['POST', '/v1/heads'],
  ['GET', '/v1/jobs/job_x/events'],
  ['PATCH', '/v1/keys/key_x'],
  ['GET', '/files/a/b/c.glb'],
  ['GET', '/v1/nothing'],
  ['DELETE', '/v1/heads/x'],
])('a preflight for %s %s is answered without a key', async (method, path) => {
  const headers = {
    ...ORIGIN,
    'Access-Control-Request-Method': method,
    'Access-Control-Request-Headers': 'authorization,idempotency-key',
  };
  const response = await anyone('OPTIONS', path, { headers });
  expect(response.status).toBe(204);
  expect(response.headers.get('Access-Control-Allow-Origin')).toBe('*');
  expect(response.headers.get('Access-Control-Allow-Methods')?.split(', ')).toContain(method);
  const allowed = response.headers.get('Access-Control-Allow-Headers')?.toLowerCase().split(', ');
  for (const name of ['authorization', 'content-type', 'idempotency-key', 'last-event-id', 'range']) {
    expect(allowed).toContain(name);
  }
});

test('pages may read what a client token gets, refusals included, and its headers', async () => {
  const { token } = await makeToken();
  const app = makeClient(token.secret);
  const responses = [
    await app('GET', '/v1/heads/nothing', { headers: ORIGIN }),
    await app('GET', '/v1/keys', { headers: ORIGIN }),
    await makeClient(`${token.secret.slice(0, -1)}!`)('GET', '/v1/heads/nothing', { headers: ORIGIN }),
  ];
  expect(responses.map(({ status }) => status)).toEqual([404, 403, 401]);
  for (const response of responses) {
    expect(response.headers.get('Access-Control-Allow-Origin')).toBe('*');
    expect(response.headers.get('Access-Control-Expose-Headers')).toContain('Request-Id');
  }
});

test('pages may not read what a key gets, and refusing that is never a 403', async () => {
  const { account } = await makeToken();
  for (const call of [makeClient(account.key), anyone]) {
    const response = await call('GET', '/v1/heads/nothing', { headers: ORIGIN });
    expect(response.headers.get('Access-Control-Allow-Origin')).toBeNull();
    await expectProblem(response, call === anyone ? 'auth.missing_key' : 'resource.not_found');
  }
});
