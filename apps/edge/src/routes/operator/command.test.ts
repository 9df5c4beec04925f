import { Head } from '@headwright/shared/api/heads';
import { desc, eq } from 'drizzle-orm';
import { afterEach, describe, expect, test } from 'vitest';
import { auditLog } from '../../db/schema/audit-log.ts';
import type { Log } from '../../ports/log.ts';
import { hashSecret } from '../../services/keys/format.ts';
import { makeClient } from '../../test/client.ts';
import { createJob } from '../../test/create-job.ts';
import { expectProblem } from '../../test/expect-problem.ts';
import { deps, endAllJobs, makeAccount, makeEdge, makeRunnerKey } from '../../test/factories.ts';
import { makeFakeRunner } from '../../test/fake-runner.ts';
import { finishHead } from '../../test/finish-head.ts';
import { claimOrThrow, history, readJob, startAttempt, writeEverything } from '../../test/start-attempt.ts';

afterEach(endAllJobs);

const SECRET = 'the-key-of-an-operator';

/** An edge that knows an operator, and the operator. */
async function makeOperator(replaced: { log?: Log } = {}) {
  const config = { ...deps.config, operatorKeyHashes: [await hashSecret('older'), await hashSecret(SECRET)] };
  const edge = makeEdge({ ...replaced, config });
  const call = makeClient(SECRET, edge.fetcher);
  const post = (command: string, json: object = {}) => call('POST', `/operator/v1/${command}`, { json });
  const run = async (command: string, json: object = {}) => {
    const response = await post(command, json);
    const text = await response.text();
    if (response.status !== 200) throw new Error(`${command}: ${text}`);
    return JSON.parse(text).data;
  };
  return { edge, post, run };
}

describe('the operator’s door', () => {
  test('opens for an operator’s key alone', async () => {
    const { edge } = await makeOperator();
    const { key } = await makeAccount();
    for (const other of [key, await makeRunnerKey(), 'guess', await hashSecret(SECRET)]) {
      const response = await makeClient(other, edge.fetcher)('POST', '/operator/v1/accounts.list', {
        json: {},
      });
      await expectProblem(response, 'auth.invalid_key');
    }
    const nobody = await makeClient(null, edge.fetcher)('POST', '/operator/v1/accounts.list', { json: {} });
    await expectProblem(nobody, 'auth.missing_key');
  });

  test('is shut where no operator is set up', async () => {
    const response = await makeClient(SECRET)('POST', '/operator/v1/accounts.list', { json: {} });
    await expectProblem(response, 'auth.invalid_key');
  });

  test('knows its commands and their fields', async () => {
    const { post } = await makeOperator();
    await expectProblem(await post('toString'), 'resource.not_found');
    await expectProblem(await post('accounts.create', {}), 'input.invalid');
    await expectProblem(await post('accounts.create', { name: 'x', plan: 'huge' }), 'input.invalid');
    await expectProblem(await post('accounts.show', { account: 'acct_nobody' }), 'resource.not_found');
  });
});

test('from nothing to the first head: an account, credit, a key, a runner’s key', async () => {
  const { edge, run } = await makeOperator();
  const account = await run('accounts.create', { name: 'Acme', plan: 'team' });
  expect(account).toMatchObject({ name: 'Acme', runningLimit: 10 });
  const money = { account: account.id, mode: 'live', amount: '5000', reference: 'invoice 1' };
  await run('credits.add', money);
  const { wallets } = await run('credits.add', money);
  expect(wallets, 'test keys can try everything at once').toMatchObject([
    { mode: 'live', balanceMinor: 5000 },
    { mode: 'test', balanceMinor: 10_000 },
  ]);
  const { secret } = await run('keys.create', { account: account.id, mode: 'live' });
  const runnerKey = await run('runner_keys.create', { name: 'gpu 1', mode: 'live' });
  const customer = makeClient(secret, edge.fetcher);
  const created = await createJob(customer);
  const runner = makeClient(runnerKey.secret, edge.fetcher);
  const claimed = await runner('POST', '/runner/v1/claim', {
    json: { runner: 'gpu 1', presets: ['smoke'], wait_s: 0 },
  });
  expect(await claimed.json()).toMatchObject({ job: { job_id: created.job.id } });
  await run('keys.revoke', { key: (await run('keys.list', { account: account.id }))[0].id });
  await expectProblem(await customer('GET', '/v1/heads'), 'auth.invalid_key');
  await run('runner_keys.revoke', { runner_key: runnerKey.id });
  expect(
    (await run('runner_keys.list')).find(({ id }: { id: string }) => id === runnerKey.id).revokedAt,
  ).not.toBeNull();
});

test('limits of an account follow its plan, and what is named beside it', async () => {
  const { run } = await makeOperator();
  const { id: account } = await makeAccount();
  expect(await run('accounts.update', { account, plan: 'team', waiting_limit: 7 })).toMatchObject({
    plan: 'team',
    runningLimit: 10,
    waitingLimit: 7,
  });
  expect(await run('accounts.show', { account })).toMatchObject({
    waitingLimit: 7,
    wallets: expect.any(Array),
  });
});

describe('a job', () => {
  test('is shown whole, without the customer’s words and the attempt’s token', async () => {
    const { run } = await makeOperator();
    const { head } = await finishHead();
    const shown = await run('jobs.show', { job: head.job_id });
    expect(shown.events.map(({ status }: { status: string }) => status)).toEqual([
      'queued',
      'running',
      'succeeded',
    ]);
    expect(shown.ledger.map(({ kind }: { kind: string }) => kind)).toEqual(['hold', 'capture']);
    expect(shown.assets).toHaveLength(2);
    expect(JSON.stringify(shown)).not.toContain('red demon');
    expect(shown).not.toHaveProperty('tokenHash');
  });

  test('is taken from its runner and given to the next, at no cost to it', async () => {
    const { run } = await makeOperator();
    const { call, runner, claim, created } = await startAttempt();
    expect(await run('jobs.requeue', { job: created.job.id })).toEqual({
      job: created.job.id,
      status: 'queued',
    });
    for (const write of await writeEverything(runner, claim)) await expectProblem(write, 'attempt.stale');
    const next = await claimOrThrow(await makeFakeRunner());
    expect(next.attempt.number).toBe(2);
    expect((await run('jobs.show', { job: created.job.id })).failures).toBe(0);
    expect((await readJob(call, created.job.urls.self)).status).toBe('running');
    expect(await history(created.job.id)).toEqual(['queued', 'running', 'queued', 'running']);
  });

  test('that waits is called out again, and one that has ended stays ended', async () => {
    const { run, post } = await makeOperator();
    const { call, head } = await finishHead();
    const waiting = await createJob(call);
    expect(await run('jobs.requeue', { job: waiting.job.id })).toMatchObject({ status: 'queued' });
    await expectProblem(await post('jobs.requeue', { job: head.job_id }), 'input.invalid');
    expect((await run('jobs.show', { job: head.job_id })).status).toBe('succeeded');
  });

  test('is refunded once', async () => {
    const { run } = await makeOperator();
    const { head } = await finishHead();
    expect(await run('jobs.refund', { job: head.job_id })).toMatchObject({ refunded: true });
    expect(await run('jobs.refund', { job: head.job_id })).toMatchObject({ refunded: false });
  });
});

test('an appeal is read and granted', async () => {
  const { run } = await makeOperator();
  const call = makeClient((await makeAccount()).key);
  const json = { prompt: 'a dirty nigger', preset: 'smoke' };
  const { appeal_url: url = '' } = await expectProblem(
    await call('POST', '/v1/heads', { json }),
    'safety.prompt.hate',
  );
  const flag = url.split('/')[4] ?? '';
  const ids = async () => (await run('flags.list', { limit: 1000 })).map(({ id }: { id: string }) => id);
  expect(await ids()).not.toContain(flag);
  await call('POST', url, { json: { comment: 'a quotation of Twain' } });
  expect(await ids()).toContain(flag);
  expect((await run('flags.dismiss', { flag })).dismissedAt).not.toBeNull();
  expect(await ids()).not.toContain(flag);
});

test('creates are paused with a sentence, and resumed', async () => {
  const { run } = await makeOperator();
  const call = makeClient((await makeAccount()).key);
  const create = () => call('POST', '/v1/heads', { json: { prompt: 'an elf', preset: 'smoke' } });
  await run('creates.pause', { reason: 'We move.' });
  expect((await expectProblem(await create(), 'capacity.paused')).detail).toBe('We move.');
  await run('creates.resume');
  expect((await create()).status).toBe(202);
});

test('what changes something is written down, what only looks is not', async () => {
  const { run } = await makeOperator();
  const { id: account } = await makeAccount();
  await run('accounts.show', { account });
  await run('accounts.update', { account, name: 'Renamed' });
  const rows = await deps.db
    .select()
    .from(auditLog)
    .where(eq(auditLog.accountId, account))
    .orderBy(desc(auditLog.id));
  expect(rows).toMatchObject([{ action: 'operator.accounts.update', actor: 'operator 2', target: account }]);
  expect(await run('audit.list', { account })).toMatchObject([{ requestId: rows[0]?.requestId }]);
});

test('the log tells of each request who asked for what, with its ids and without words or keys', async () => {
  const lines: { message: string; fields: Record<string, unknown> }[] = [];
  const log: Log = {
    info: (message, fields) => void lines.push({ message, fields }),
    error: (message, fields) => void lines.push({ message, fields }),
  };
  const { fetcher } = makeEdge({ log, config: { ...deps.config, hasAccessLog: true } });
  const account = await makeAccount();
  const call = makeClient(account.key, fetcher);
  const response = await call('POST', '/v1/heads', { json: { prompt: 'a purple gnome', preset: 'smoke' } });
  const { head, job } = await response.json<{ head: unknown; job: { id: string } }>();
  await call('GET', `/v1/jobs/${job.id}`);
  await call('GET', Head.parse(head).urls.self);
  await call('GET', '/v1/jobs/job_none');
  await makeClient('hk_test_forged', fetcher)('GET', '/v1/heads');
  expect(
    lines.map(({ message, fields: { method, path, status } }) => [message, method, path, status]),
  ).toEqual([
    ['request', 'POST', '/v1/heads', 202],
    ['request', 'GET', '/v1/jobs/:id', 200],
    ['request', 'GET', '/v1/heads/:id', 200],
    ['request', 'GET', '/v1/jobs/:id', 404],
    ['request', 'GET', '/v1/heads', 401],
  ]);
  expect(lines[0]?.fields).toMatchObject({
    requestId: response.headers.get('Request-Id'),
    accountId: account.id,
    jobId: job.id,
  });
  expect(lines[1]?.fields).toMatchObject({ jobId: job.id });
  expect(JSON.stringify(lines)).not.toMatch(/purple|hk_test_/);
});
