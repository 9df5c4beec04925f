import { ModerationCheck, ModerationFlag, ModerationFlagList } from '@headwright/shared/api/moderation';
import { ABUSE_LIMITS } from '@headwright/shared/limits';
import { eq } from 'drizzle-orm';
import { afterEach, describe, expect, test } from 'vitest';
import { moderationFlags } from '../../../db/schema/moderation-flags.ts';
import { type Client, makeClient } from '../../../test/client.ts';
import { createJob } from '../../../test/create-job.ts';
import { expectProblem } from '../../../test/expect-problem.ts';
import { countRows, deps, endAllJobs, makeAccount, makeClock, makeEdge } from '../../../test/factories.ts';
import { finishHead } from '../../../test/finish-head.ts';
import { readJob, startAttempt } from '../../../test/start-attempt.ts';

afterEach(endAllJobs);

const BAD = 'a dirty nigger';
const refuse = (call: Client, endUser?: string) =>
  call('POST', '/v1/heads', {
    json: { prompt: BAD, preset: 'smoke', ...(endUser === undefined ? {} : { end_user: endUser }) },
  });
const create = (call: Client, endUser?: string) =>
  call('POST', '/v1/heads', {
    json: { prompt: 'an elf', preset: 'smoke', ...(endUser === undefined ? {} : { end_user: endUser }) },
  });
const flagsOf = async (call: Client) =>
  ModerationFlagList.parse(await (await call('GET', '/v1/moderation/flags?limit=100')).json()).data;

/** Refusals of the past, as many as told. */
async function insertFlags(accountId: string, endUser: string | null, count: number, createdAt: number) {
  const rows = Array.from({ length: count }, () => ({
    id: deps.ids.create('flag'),
    accountId,
    mode: 'test' as const,
    endUser,
    stage: 'prompt' as const,
    category: 'hate',
    createdAt,
  }));
  for (let i = 0; i < rows.length; i += 8) await deps.db.insert(moderationFlags).values(rows.slice(i, i + 8));
}

describe('POST /v1/moderation/checks', () => {
  const check = async (call: Client, json: object) =>
    ModerationCheck.parse(await (await call('POST', '/v1/moderation/checks', { json })).json());

  test('says what a create would be told, and costs and counts nothing', async () => {
    const account = await makeAccount();
    const call = makeClient(account.key);
    expect(await check(call, { prompt: BAD })).toEqual({
      object: 'moderation_check',
      allowed: false,
      categories: [{ category: 'hate', code: 'safety.prompt.hate', pointer: '/prompt' }],
      labels: [],
    });
    expect(await check(call, { prompt: 'an elf', negative_prompt: 'naked child' })).toMatchObject({
      categories: [{ code: 'safety.prompt.sexual_minor', pointer: '/negative_prompt' }],
    });
    expect(await check(call, { prompt: 'Taylor Swift as an elf' })).toEqual({
      object: 'moderation_check',
      allowed: true,
      categories: [],
      labels: ['real_person:Taylor Swift'],
    });
    expect(await flagsOf(call)).toEqual([]);
    expect(await countRows(account.id)).toMatchObject({ headCount: 0, jobCount: 0 });
  });

  test('refuses what is no request for a check', async () => {
    const call = makeClient((await makeAccount()).key);
    const send = (json: unknown) => call('POST', '/v1/moderation/checks', { json });
    await expectProblem(await send({}), 'input.invalid');
    await expectProblem(await send({ prompt: 'an elf', preset: 'draft' }), 'input.invalid');
  });

  test('has a limit of its own, beside that of other requests', async () => {
    const clock = makeClock();
    const edge = makeEdge({ clock: clock.now });
    const call = makeClient((await makeAccount({ plan: 'free' })).key, edge.fetcher);
    const send = () => call('POST', '/v1/moderation/checks', { json: { prompt: 'an elf' } });
    const first = await send();
    expect(first.headers.get('RateLimit-Policy')).toContain('"checks";q=60;w=12');
    for (let i = 1; i < 60; i++) expect((await send()).status).toBe(200);
    const over = await send();
    await expectProblem(over, 'limit.rate');
    expect(over.headers.get('Retry-After')).toBe('1');
    expect((await call('GET', '/v1/heads')).status).toBe(200);
    clock.advance(1000);
    expect((await send()).status).toBe(200);
  });
});

describe('a refused prompt', () => {
  test('makes nothing, is counted without its words, and says where to appeal', async () => {
    const account = await makeAccount();
    const call = makeClient(account.key);
    const problem = await expectProblem(await refuse(call, 'ann'), 'safety.prompt.hate');
    expect(await countRows(account.id)).toEqual({ headCount: 0, jobCount: 0, eventCount: 0 });
    const [flag] = await flagsOf(call);
    expect(flag).toMatchObject({
      stage: 'prompt',
      category: 'hate',
      end_user: 'ann',
      job_id: null,
      appeal: null,
    });
    expect(problem.appeal_url).toBe(flag?.urls.appeal);
    const rows = await deps.db
      .select()
      .from(moderationFlags)
      .where(eq(moderationFlags.accountId, account.id));
    expect(JSON.stringify(rows)).not.toContain('nigger');
  });

  test('does not use up its Idempotency-Key', async () => {
    const call = makeClient((await makeAccount()).key);
    const headers = { 'Idempotency-Key': 'one' };
    const send = (prompt: string) =>
      call('POST', '/v1/heads', { headers, json: { prompt, preset: 'smoke' } });
    await expectProblem(await send(BAD), 'safety.prompt.hate');
    const accepted = await send('an elf');
    expect(accepted.status).toBe(202);
    expect(accepted.headers.get('Idempotency-Replayed')).toBeNull();
  });

  test('of an edit is counted likewise', async () => {
    const { call, head } = await finishHead();
    const json = { kind: 'texture', prompt: BAD };
    await expectProblem(await call('POST', head.urls.revisions, { json }), 'safety.prompt.hate');
    expect(await flagsOf(call)).toHaveLength(1);
  });
});

test('a refused picture says where to appeal, in the job', async () => {
  const { call, runner, claim, created } = await startAttempt();
  await runner.fail(claim, 'rejected', false);
  const [flag] = await flagsOf(call);
  expect(flag).toMatchObject({ stage: 'output', job_id: created.job.id });
  expect((await readJob(call, created.job.urls.self)).error?.appeal_url).toBe(flag?.urls.appeal);
});

describe('the abuse limit', () => {
  test('stops an end user and nobody else, until the oldest refusal is a day old', async () => {
    const clock = makeClock();
    const edge = makeEdge({ clock: clock.now });
    const account = await makeAccount();
    const call = makeClient(account.key, edge.fetcher);
    await insertFlags(account.id, 'ann', ABUSE_LIMITS.endUser - 1, clock.now() - 3_600_000);
    expect((await create(call, 'ann')).status).toBe(202);
    await expectProblem(await refuse(call, 'ann'), 'safety.prompt.hate');
    const stopped = await create(call, 'ann');
    await expectProblem(stopped, 'limit.abuse');
    expect(stopped.headers.get('Retry-After')).toBe(String(23 * 3600));
    await expectProblem(await refuse(call, 'ann'), 'limit.abuse');
    expect(await flagsOf(call)).toHaveLength(ABUSE_LIMITS.endUser);
    expect((await create(call, 'bob')).status).toBe(202);
    clock.advance(23 * 3_600_000);
    expect((await create(call, 'ann')).status).toBe(202);
  });

  test('stops an account whose many end users are refused, and one that asks for itself', async () => {
    const account = await makeAccount({ waitingLimit: 100 });
    const call = makeClient(account.key);
    const users = ABUSE_LIMITS.account / ABUSE_LIMITS.endUser;
    for (let i = 0; i < users - 1; i++) await insertFlags(account.id, `user-${i}`, 30, Date.now());
    expect((await create(call, 'bob')).status).toBe(202);
    await insertFlags(account.id, null, ABUSE_LIMITS.endUser, Date.now());
    await expectProblem(await create(call, 'bob'), 'limit.abuse');
    await expectProblem(await create(call), 'limit.abuse');
  });

  test('stops edits, too', async () => {
    const { account, call, head } = await finishHead();
    await insertFlags(account.id, null, ABUSE_LIMITS.account, Date.now());
    const json = { kind: 'texture', prompt: 'green eyes' };
    await expectProblem(await call('POST', head.urls.revisions, { json }), 'limit.abuse');
  });

  test('does not count what an operator took back', async () => {
    const account = await makeAccount();
    const call = makeClient(account.key);
    await insertFlags(account.id, 'ann', ABUSE_LIMITS.endUser, Date.now());
    await expectProblem(await create(call, 'ann'), 'limit.abuse');
    await deps.db
      .update(moderationFlags)
      .set({ dismissedAt: 1 })
      .where(eq(moderationFlags.accountId, account.id));
    expect((await create(call, 'ann')).status).toBe(202);
  });
});

describe('an appeal', () => {
  test('stands on the refusal; the newest counts', async () => {
    const call = makeClient((await makeAccount()).key);
    const { appeal_url: url = '' } = await expectProblem(await refuse(call), 'safety.prompt.hate');
    const send = async (comment: string) =>
      ModerationFlag.parse(await (await call('POST', url, { json: { comment } })).json());
    expect(await send('it is a quotation')).toMatchObject({
      appeal: 'it is a quotation',
      dismissed_at: null,
    });
    const flag = await send('of Twain');
    expect(flag.appeal).toBe('of Twain');
    expect(await (await call('GET', flag.urls.self)).json()).toEqual(flag);
    await expectProblem(await call('POST', url, { json: { comment: '' } }), 'input.invalid');
  });

  test('reaches no refusal of another account', async () => {
    const owner = makeClient((await makeAccount()).key);
    const other = makeClient((await makeAccount()).key);
    const { appeal_url: url = '' } = await expectProblem(await refuse(owner), 'safety.prompt.hate');
    await expectProblem(await other('POST', url, { json: { comment: 'x' } }), 'resource.not_found');
    await expectProblem(await other('GET', url.replace('/appeal', '')), 'resource.not_found');
    expect(await flagsOf(other)).toEqual([]);
  });
});

test('refusals are listed in pages, newest first, and by end user', async () => {
  const account = await makeAccount();
  const call = makeClient(account.key);
  for (const endUser of ['ann', 'bob', 'ann']) await refuse(call, endUser);
  const read = async (query: string) =>
    ModerationFlagList.parse(await (await call('GET', `/v1/moderation/flags?${query}`)).json());
  const first = await read('limit=2');
  expect(first.data.map(({ end_user: endUser }) => endUser)).toEqual(['ann', 'bob']);
  expect(first.has_more).toBe(true);
  const second = await read(`limit=2&starting_after=${first.data[1]?.id}`);
  expect(second).toMatchObject({ has_more: false, data: [{ end_user: 'ann' }] });
  expect((await read('end_user=bob')).data).toHaveLength(1);
  await createJob(call);
  expect(await flagsOf(call)).toHaveLength(3);
});
