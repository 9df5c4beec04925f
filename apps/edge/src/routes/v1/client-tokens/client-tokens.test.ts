import { ClientToken, ClientTokenList, ClientTokenWithSecret } from '@headwright/shared/api/client-tokens';
import { CreateHeadResponse, type Head } from '@headwright/shared/api/heads';
import { SCOPES } from '@headwright/shared/scopes';
import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { apiKeys } from '../../../db/schema/api-keys.ts';
import { clientTokens } from '../../../db/schema/client-tokens.ts';
import { jobs } from '../../../db/schema/jobs.ts';
import { keyPrefix } from '../../../services/keys/format.ts';
import { type Client, makeClient } from '../../../test/client.ts';
import { expectProblem } from '../../../test/expect-problem.ts';
import { finishHead, readHead, STATE } from '../../../test/finish-head.ts';
import { renditionFiles } from '../../../test/rendition-files.ts';
import { claimOrThrow, GLB, PNG } from '../../../test/start-attempt.ts';
import { countRows, deps, endAllJobs, makeAccount, makeClock, makeEdge } from '../../../test/factories.ts';

const PREVIEW = { name: 'preview.png', contentType: 'image/png', bytes: PNG };

async function start() {
  const clock = makeClock();
  const { fetcher } = makeEdge({ clock: clock.now });
  const account = await makeAccount({ runningLimit: 100 });
  const call = makeClient(account.key, fetcher);
  const mint = async (json: Record<string, unknown> = {}) => {
    const body = { end_user: 'user-1', allow: { create: 3 }, ...json };
    const response = await call('POST', '/v1/client_tokens', { json: body });
    expect(response.status).toBe(201);
    const token = ClientTokenWithSecret.parse(await response.json());
    return { ...token, call: makeClient(token.secret, fetcher) };
  };
  return { clock, fetcher, account, call, mint };
}

const create = (call: Client, json: Record<string, unknown> = {}) =>
  call('POST', '/v1/heads', { json: { prompt: 'an old elf', preset: 'smoke', ...json } });

async function makeHead(call: Client, json: Record<string, unknown> = {}): Promise<Head> {
  const response = await create(call, json);
  expect(response.status).toBe(202);
  return CreateHeadResponse.parse(await response.json()).head;
}

test('a token makes heads for its end user, and what it made is counted under it', async () => {
  const { account, call, mint } = await start();
  const token = await mint();
  expect(keyPrefix(token.secret)).toBe('hc_test_');
  const head = await makeHead(token.call);
  expect(head.end_user).toBe('user-1');
  const [job] = await deps.db.select().from(jobs).where(eq(jobs.headId, head.id));
  const [key] = await deps.db.select().from(apiKeys).where(eq(apiKeys.accountId, account.id));
  expect(job).toMatchObject({ clientTokenId: token.id, keyId: key?.id, endUser: 'user-1' });
  const read = await call('GET', token.urls.self);
  const text = await read.text();
  expect(text).not.toContain(token.secret);
  expect(ClientToken.parse(JSON.parse(text))).toMatchObject({
    created_count: 1,
    allow: { create: 3, read: null },
  });
  await expectProblem(await create(token.call, { end_user: 'user-2' }), 'input.invalid');
  await endAllJobs();
});

test('a token that names renditions orders and reads those files, and no others', async () => {
  const { account, runner, head, call } = await finishHead([GLB, STATE, PREVIEW]);
  const mint = await call('POST', '/v1/client_tokens', {
    json: { end_user: 'u', allow: { create: 5, read: [head.id] }, renditions: ['mobile.glb'] },
  });
  const token = ClientTokenWithSecret.parse(await mint.json());
  expect(token.renditions).toEqual(['mobile.glb']);
  const app = makeClient(token.secret);
  const exports = `${head.urls.self}/exports`;
  for (const json of [{ rendition: 'full.glb' }, { format: 'glb', lod: 'low' }]) {
    await expectProblem(await app('POST', exports, { json }), 'auth.insufficient_scope');
  }
  await expectProblem(
    await create(app, { renditions: ['mobile.glb', 'ios.usdz'] }),
    'auth.insufficient_scope',
  );
  expect((await app('POST', exports, { json: { rendition: 'mobile.glb' } })).status).toBe(202);
  const claim = await claimOrThrow(runner);
  await runner.finish(claim, renditionFiles(claim));

  const mine = ['mobile-compat.glb', 'mobile.glb', 'preview.png'];
  const names = (read: { files: { name: string }[] } | undefined) => read?.files.map(({ name }) => name);
  const whole = await readHead(makeClient(account.key), head.urls.self);
  expect(names(whole)).toEqual(['head.glb', ...mine]);
  expect(names(await readHead(app, head.urls.self))).toEqual(mine);
  for (const list of ['/v1/heads', head.urls.revisions]) {
    const page = await (await app('GET', list)).json<{ data: { files: { name: string }[] }[] }>();
    expect(names(page.data[0])).toEqual(mine);
  }
  for (const { name, asset_id: id } of whole.files) {
    const statuses = [
      (await app('GET', `${head.urls.self}/file/${name}`)).status,
      (await app('GET', `/v1/assets/${id}`)).status,
      (await app('GET', `/v1/assets/${id}/content`)).status,
    ];
    const isPreset = name !== 'mobile-compat.glb';
    expect([name, statuses]).toEqual([
      name,
      mine.includes(name) ? [isPreset ? 302 : 200, 200, 302] : [404, 404, 404],
    ]);
  }
});

test('edits count as creates, and say for whom they are', async () => {
  const { call, head } = await finishHead();
  const minted = await call('POST', '/v1/client_tokens', {
    json: { end_user: 'user-1', allow: { create: 1, read: [head.id] } },
  });
  const app = makeClient(ClientTokenWithSecret.parse(await minted.json()).secret);
  const edit = (by: Client, endUser?: string) =>
    by('POST', head.urls.revisions, {
      json: { kind: 'texture', prompt: 'pale', ...(endUser === undefined ? {} : { end_user: endUser }) },
    });
  expect((await edit(app)).status).toBe(202);
  await endAllJobs();
  await expectProblem(await edit(app), 'auth.allowance_spent');
  await expectProblem(await edit(app, 'user-2'), 'input.invalid');
  expect((await edit(call, 'user-3')).status).toBe(202);
  await endAllJobs();
  const rows = await deps.db.select().from(jobs).where(eq(jobs.headId, head.id)).orderBy(jobs.id);
  expect(rows.map(({ endUser }) => endUser)).toEqual([null, 'user-1', 'user-3']);
});

test('fifty creates at once under create: 3 make three heads', async () => {
  const { account, mint } = await start();
  const token = await mint();
  const answers = await Promise.all(Array.from({ length: 50 }, async () => create(token.call)));
  const accepted = answers.filter(({ status }) => status === 202);
  expect(accepted).toHaveLength(3);
  for (const refused of answers.filter(({ status }) => status !== 202)) {
    await expectProblem(refused, 'auth.allowance_spent');
  }
  expect(await countRows(account.id)).toEqual({ headCount: 3, jobCount: 3, eventCount: 3 });
  await endAllJobs();
});

describe('a token is refused', () => {
  test('at the next request after its key was revoked', async () => {
    const { account, mint } = await start();
    const token = await mint({ allow: { create: 3, read: 'own' } });
    const head = await makeHead(token.call);
    expect((await token.call('GET', head.urls.self)).status).toBe(200);
    await deps.db.update(apiKeys).set({ revokedAt: 1 }).where(eq(apiKeys.accountId, account.id));
    await expectProblem(await token.call('GET', head.urls.self), 'auth.invalid_key');
    await expectProblem(await create(token.call), 'auth.invalid_key');
    await endAllJobs();
  });

  test('at the next request after it was revoked itself', async () => {
    const { call, mint } = await start();
    const [token, other] = [await mint(), await mint()];
    const revoked = ClientToken.parse(await (await call('POST', token.urls.revoke)).json());
    expect(revoked.revoked_at).not.toBeNull();
    await expectProblem(await create(token.call), 'auth.invalid_key');
    expect((await create(other.call)).status).toBe(202);
    await endAllJobs();
  });

  test('once its time or its key’s is over', async () => {
    const { clock, account, mint } = await start();
    const [brief, long] = [await mint({ ttl_s: 60 }), await mint()];
    clock.advance(60_000);
    await expectProblem(await create(brief.call), 'auth.expired_key');
    expect((await create(long.call)).status).toBe(202);
    await deps.db.update(apiKeys).set({ expiresAt: clock.now() }).where(eq(apiKeys.accountId, account.id));
    await expectProblem(await create(long.call), 'auth.expired_key');
    await endAllJobs();
  });

  test('where only keys are admitted', async () => {
    const { mint } = await start();
    const token = await mint({ allow: { create: 3, read: 'own' } });
    for (const path of ['/v1/keys', '/v1/client_tokens', `/v1/client_tokens/${token.id}`]) {
      await expectProblem(await token.call('GET', path), 'auth.insufficient_scope');
    }
    const minting = await token.call('POST', '/v1/client_tokens', {
      json: { end_user: 'user-2', allow: { create: 1000 } },
    });
    await expectProblem(minting, 'auth.insufficient_scope');
  });
});

test('a token that may only read makes nothing, and one that may only make reads what it made', async () => {
  const { call, mint } = await start();
  const [reader, maker] = [await mint({ allow: { read: 'own' } }), await mint()];
  await expectProblem(await create(reader.call), 'auth.insufficient_scope');
  const own = await makeHead(maker.call);
  const earlier = await makeHead(call, { end_user: 'user-1' });
  expect((await maker.call('GET', own.urls.self)).status).toBe(200);
  expect((await maker.call('GET', own.urls.job)).status).toBe(200);
  await expectProblem(await maker.call('GET', earlier.urls.self), 'resource.not_found');
  expect((await reader.call('GET', earlier.urls.self)).status).toBe(200);
  await endAllJobs();
});

test('a token reaches the heads of its end user or those that are listed, and no others', async () => {
  const { call, mint } = await start();
  const [ours, listed, foreign] = [
    await makeHead(call, { end_user: 'user-1' }),
    await makeHead(call, { end_user: 'user-2' }),
    await makeHead(call),
  ];
  const own = await mint({ allow: { create: 1, read: 'own' } });
  const list = await mint({ allow: { create: 1, read: [listed.id] } });
  const paths = ({ urls, id }: Head) =>
    [urls.self, urls.job, urls.revisions, `${urls.job}/events`, `/v1/heads/${id}/file/head.glb`] as const;
  for (const path of [...paths(foreign), ...paths(listed)]) {
    await expectProblem(await own.call('GET', path), 'resource.not_found');
  }
  await expectProblem(await own.call('POST', `${listed.urls.job}/cancel`), 'resource.not_found');
  const edit = await own.call('POST', listed.urls.revisions, { json: { kind: 'texture', prompt: 'pale' } });
  await expectProblem(edit, 'resource.not_found');
  for (const path of [...paths(ours), ...paths(foreign)]) {
    await expectProblem(await list.call('GET', path), 'resource.not_found');
  }
  expect((await own.call('GET', ours.urls.job)).status).toBe(200);
  expect((await list.call('GET', listed.urls.job)).status).toBe(200);
  expect((await list.call('POST', `${listed.urls.job}/cancel`)).status).toBe(200);
  await endAllJobs();
});

test('a token is narrower than its key, also when the key is narrowed later', async () => {
  const { account, call, mint } = await start();
  const token = await mint();
  const setScopes = (missing: string) =>
    deps.db
      .update(apiKeys)
      .set({ scopes: SCOPES.filter((scope) => scope !== missing) })
      .where(eq(apiKeys.accountId, account.id));
  await setScopes('heads:write');
  await expectProblem(await create(token.call), 'auth.insufficient_scope');
  deps.accountKeys.forgetAll();
  const fresh = makeClient(account.key);
  const minting = await fresh('POST', '/v1/client_tokens', { json: { end_user: 'u', allow: { create: 1 } } });
  await expectProblem(minting, 'auth.insufficient_scope');
  expect((await call('GET', token.urls.self)).status).toBe(200);
});

test('a token cannot be given heads of others, nothing, or too long a life', async () => {
  const [{ call }, theirs] = [await start(), await start()];
  const foreign = await makeHead(theirs.call);
  const mint = (json: Record<string, unknown>) => call('POST', '/v1/client_tokens', { json });
  const problem = await expectProblem(
    await mint({ end_user: 'u', allow: { read: [foreign.id] } }),
    'input.invalid',
  );
  expect(problem.errors?.[0]?.pointer).toBe('/allow/read/0');
  await expectProblem(await mint({ end_user: 'u', allow: {} }), 'input.invalid');
  await expectProblem(await mint({ end_user: 'a b', allow: { create: 1 } }), 'input.invalid');
  await expectProblem(await mint({ end_user: 'u', ttl_s: 86_401, allow: { create: 1 } }), 'input.invalid');
  await endAllJobs();
});

test('tokens are listed in pages, by end user, and only to their own account and mode', async () => {
  const { account, call, mint } = await start();
  const other = await start();
  const minted = [await mint(), await mint({ end_user: 'user-2' }), await mint()];
  const list = async (by: Client, query: string) =>
    ClientTokenList.parse(await (await by('GET', `/v1/client_tokens?${query}`)).json());
  const page = await list(call, 'end_user=user-1&limit=1');
  expect([page.data[0]?.id, page.has_more]).toEqual([minted[2]?.id, true]);
  const rest = await list(call, `end_user=user-1&limit=1&starting_after=${minted[2]?.id}`);
  expect([rest.data[0]?.id, rest.has_more]).toEqual([minted[0]?.id, false]);
  expect((await list(other.call, '')).data).toEqual([]);
  await expectProblem(await other.call('GET', `/v1/client_tokens/${minted[0]?.id}`), 'resource.not_found');
  await expectProblem(
    await other.call('POST', `/v1/client_tokens/${minted[0]?.id}/revoke`),
    'resource.not_found',
  );
  await deps.db.update(clientTokens).set({ mode: 'live' }).where(eq(clientTokens.accountId, account.id));
  expect((await list(call, '')).data).toEqual([]);
});
