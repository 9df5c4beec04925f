import { Balance, LedgerList, Limits, Quote, Usage } from '@headwright/shared/api/billing';
import { ModelList } from '@headwright/shared/api/models';
import type { Job } from '@headwright/shared/api/jobs';
import { and, eq } from 'drizzle-orm';
import { afterEach, describe, expect, test } from 'vitest';
import { apiKeys } from '../../db/schema/api-keys.ts';
import { auditLog } from '../../db/schema/audit-log.ts';
import { jobs } from '../../db/schema/jobs.ts';
import { ledgerEntries } from '../../db/schema/ledger-entries.ts';
import { meterExports } from '../../db/schema/meter-exports.ts';
import { bindings } from '../../test/bindings.ts';
import { type Client, makeClient } from '../../test/client.ts';
import { createJob } from '../../test/create-job.ts';
import { expectProblem } from '../../test/expect-problem.ts';
import { countRows, deps, endAllJobs, makeAccount } from '../../test/factories.ts';
import { makeFakeRunner } from '../../test/fake-runner.ts';
import { claimOrThrow, FILES, readJob } from '../../test/start-attempt.ts';
import { createKey, hashSecret } from '../keys/format.ts';
import { refundJob } from './refund-job.ts';
import { setTerms } from './set-terms.ts';

afterEach(endAllJobs);

const DRAFT = { json: { prompt: 'a red demon', preset: 'draft', seed: 1 } };
const DRAFT_MINOR = 10;
const QUEUE = { waitingLimit: 200 };

const readBalance = async (call: Client) => Balance.parse(await (await call('GET', '/v1/balance')).json());
const readLimits = async (call: Client) => Limits.parse(await (await call('GET', '/v1/limits')).json());
const readLedger = async (call: Client, query = '') =>
  LedgerList.parse(await (await call('GET', `/v1/ledger${query}`)).json());
const kindsOf = async (call: Client, job: Job) =>
  (await readLedger(call, `?job_id=${job.id}`)).data.map(({ kind }) => kind).toReversed();

/** Posts the same head many times at once: how many were accepted, and the refusals. */
async function storm(call: Client, times: number) {
  const answers = await Promise.all(Array.from({ length: times }, () => call('POST', '/v1/heads', DRAFT)));
  return {
    accepted: answers.filter(({ status }) => status === 202).length,
    refused: answers.filter(({ status }) => status !== 202),
  };
}

describe('of many creates at once', () => {
  test('as many as the credit pays for are accepted: 100 with credit for 10 are 10', async () => {
    const account = await makeAccount(QUEUE, 10 * DRAFT_MINOR + 9);
    const call = makeClient(account.key);
    const { accepted, refused } = await storm(call, 100);
    expect([accepted, refused.length]).toEqual([10, 90]);
    for (const answer of refused) await expectProblem(answer, 'billing.insufficient_credit');
    expect(await countRows(account.id)).toMatchObject({ headCount: 10, jobCount: 10, eventCount: 10 });
    const { data } = await readLedger(call, '?kind=hold&limit=100');
    expect(data).toHaveLength(10);
    expect(await readBalance(call)).toMatchObject({ balance: 109, held: 100, available: 9 });
  });

  test('as many as the account’s own cap leaves room for', async () => {
    const account = await makeAccount(QUEUE);
    const call = makeClient(account.key);
    const put = await call('PUT', '/v1/limits', { json: { monthly_cap: 3 * DRAFT_MINOR + 5 } });
    expect(Limits.parse(await put.json())).toMatchObject({ monthly_cap: 35, committed: 0 });
    const { accepted, refused } = await storm(call, 12);
    expect(accepted).toBe(3);
    for (const answer of refused) await expectProblem(answer, 'billing.cap_reached');
    expect(await readLimits(call)).toMatchObject({ monthly_cap: 35, committed: 30 });
    await call('PUT', '/v1/limits', { json: { monthly_cap: null } });
    const audits = await deps.db.select().from(auditLog).where(eq(auditLog.accountId, account.id));
    expect(audits.map(({ action, target }) => [action, target])).toEqual([
      ['limits.set', 'test:35'],
      ['limits.set', 'test:none'],
    ]);
    expect((await call('POST', '/v1/heads', DRAFT)).status).toBe(202);
  });

  test('as many as the key’s cap leaves room for, while another key goes on', async () => {
    const account = await makeAccount(QUEUE);
    const call = makeClient(account.key);
    const hash = await hashSecret(account.key);
    await deps.db.update(apiKeys).set({ monthlySpendCap: 20 }).where(eq(apiKeys.hash, hash));
    const { accepted, refused } = await storm(call, 8);
    expect(accepted).toBe(2);
    for (const answer of refused) {
      expect((await expectProblem(answer, 'billing.cap_reached')).detail).toContain('key');
    }
    expect((await readLimits(call)).keys).toMatchObject([{ monthly_cap: 20, committed: 20 }]);
    const other = createKey('hk_test_');
    const row = { id: deps.ids.create('key'), accountId: account.id, mode: 'test' as const, createdAt: 1 };
    await deps.db.insert(apiKeys).values({ ...row, hash: await hashSecret(other) });
    expect((await makeClient(other)('POST', '/v1/heads', DRAFT)).status).toBe(202);
  });

  test('as many as an invoiced account’s credit limit leaves room for, without any credit', async () => {
    const account = await makeAccount(QUEUE, 0);
    await setTerms(deps, {
      accountId: account.id,
      mode: 'test',
      arrangement: 'invoiced',
      creditLimitMinor: 45,
    });
    const call = makeClient(account.key);
    const { accepted, refused } = await storm(call, 10);
    expect(accepted).toBe(4);
    for (const answer of refused) await expectProblem(answer, 'billing.insufficient_credit');
    expect(await readBalance(call)).toEqual({
      object: 'balance',
      arrangement: 'invoiced',
      currency: 'usd',
      balance: 0,
      held: 0,
      available: 5,
      credit_limit: 45,
    });
  });
});

describe('the money of a job', () => {
  test('is held while it is open and captured when it succeeds', async () => {
    const call = makeClient((await makeAccount()).key);
    const before = await readBalance(call);
    const { job } = await createJob(call);
    expect(job.billing).toMatchObject({ state: 'held', amount: 1, price_version: '2026-11-01' });
    expect(await readBalance(call)).toMatchObject({ held: 1, available: before.available - 1 });
    const runner = await makeFakeRunner();
    await runner.finish(await claimOrThrow(runner), FILES);
    const done = await readJob(call, job.urls.self);
    expect(done.billing).toMatchObject({ state: 'captured', amount: 1 });
    const entries = await readLedger(call, `?job_id=${job.id}`);
    expect(
      entries.data.map(({ kind, balance_change, held_change }) => [kind, balance_change, held_change]),
    ).toEqual([
      ['capture', -1, -1],
      ['hold', 0, 1],
    ]);
    expect(entries.data.map(({ id }) => id)).toEqual([done.billing?.ledger_id, job.billing?.ledger_id]);
    expect(await readBalance(call)).toMatchObject({ balance: before.balance - 1, held: 0 });
  });

  test.each(['canceled while queued', 'canceled while running', 'failed'])(
    'is released when it is %s',
    async (how) => {
      const call = makeClient((await makeAccount()).key);
      const before = await readBalance(call);
      const { job } = await createJob(call);
      const runner = await makeFakeRunner();
      if (how !== 'canceled while queued') {
        const claim = await claimOrThrow(runner);
        if (how === 'failed') await runner.fail(claim, 'engine_failed', false);
        else {
          await call('POST', job.urls.cancel);
          expect((await readJob(call, job.urls.self)).billing?.state).toBe('held');
          await runner.fail(claim, 'canceled');
        }
      } else await call('POST', job.urls.cancel);
      const done = await readJob(call, job.urls.self);
      expect([done.terminal, done.billing?.state]).toEqual([true, 'released']);
      expect(await kindsOf(call, job)).toEqual(['hold', 'release']);
      expect(await readBalance(call)).toEqual(before);
      expect((await readLimits(call)).committed).toBe(0);
    },
  );

  test('is captured once, however often the runner says that it is done', async () => {
    const call = makeClient((await makeAccount()).key);
    const { job } = await createJob(call);
    const runner = await makeFakeRunner();
    const claim = await claimOrThrow(runner);
    for (const file of FILES) await runner.upload(claim, file);
    await Promise.all(Array.from({ length: 5 }, () => runner.complete(claim, FILES)));
    await call('POST', job.urls.cancel);
    expect(await kindsOf(call, job)).toEqual(['hold', 'capture']);
  });

  test('is given back once by a refund', async () => {
    const call = makeClient((await makeAccount()).key);
    const before = await readBalance(call);
    const { job } = await createJob(call);
    expect(await refundJob(deps, job.id)).toBe(false);
    const runner = await makeFakeRunner();
    await runner.finish(await claimOrThrow(runner), FILES);
    expect(await refundJob(deps, job.id)).toBe(true);
    expect(await refundJob(deps, job.id)).toBe(false);
    expect(await kindsOf(call, job)).toEqual(['hold', 'capture', 'refund']);
    expect(await readBalance(call)).toEqual(before);
  });

  test('never passes what the customer wants to spend at most', async () => {
    const call = makeClient((await makeAccount()).key);
    const post = (max_cost: number) => call('POST', '/v1/heads', { json: { ...DRAFT.json, max_cost } });
    await expectProblem(await post(DRAFT_MINOR - 1), 'billing.max_cost');
    expect((await post(DRAFT_MINOR)).status).toBe(202);
  });

  test('goes to the meter only for live jobs of invoiced accounts', async () => {
    const account = await makeAccount({}, 0);
    const live = createKey('hk_live_');
    const row = { id: deps.ids.create('key'), accountId: account.id, mode: 'live' as const, createdAt: 1 };
    await deps.db.insert(apiKeys).values({ ...row, hash: await hashSecret(live) });
    const terms = { accountId: account.id, arrangement: 'invoiced' as const, creditLimitMinor: 100 };
    for (const mode of ['test', 'live'] as const) await setTerms(deps, { ...terms, mode });
    const runner = await makeFakeRunner();
    for (const key of [account.key, live]) {
      await createJob(makeClient(key));
      await runner.finish(await claimOrThrow(runner), FILES);
    }
    const metered = await deps.db.select().from(meterExports).where(eq(meterExports.accountId, account.id));
    expect(metered).toMatchObject([{ amountMinor: 1, triedAt: null, sentAt: null }]);
    expect(await readBalance(makeClient(live))).toMatchObject({ balance: 0, available: 99 });
    const [capture] = (await readLedger(makeClient(live), '?kind=capture')).data;
    expect(capture).toMatchObject({ id: metered[0]?.ledgerId, arrangement: 'invoiced', balance_change: 0 });
  });
});

describe('the ledger', () => {
  test('is never changed, and never has a job’s entry twice', async () => {
    const account = await makeAccount();
    const { job } = await createJob(makeClient(account.key));
    const run = (text: string) => bindings.DB.prepare(text).bind(job.id).run();
    await expect(run('update ledger_entries set amount_minor = 2 where job_id = ?')).rejects.toThrow(
      'append-only',
    );
    await expect(run('delete from ledger_entries where job_id = ?')).rejects.toThrow('append-only');
    const columns = `account_id, mode, kind, arrangement, amount_minor, currency, job_id, key_id, period,
      price_version, reference, created_at from ledger_entries where job_id = ?`;
    await expect(run(`insert or replace into ledger_entries select id, ${columns}`)).rejects.toThrow(
      'append-only',
    );
    await expect(run(`insert into ledger_entries select 'led_x', ${columns}`)).rejects.toThrow('UNIQUE');
    const settle = (kind: string) =>
      run(`insert into ledger_entries select 'led_${kind}', ${columns.replace('kind,', `'${kind}',`)}`);
    await settle('release');
    await expect(settle('capture')).rejects.toThrow('UNIQUE');
  });

  test('is listed page by page and filtered, each mode and account for itself', async () => {
    const account = await makeAccount();
    const call = makeClient(account.key);
    await createJob(call);
    await createJob(call);
    const all = await readLedger(call);
    expect(all.data.map(({ kind }) => kind)).toEqual(['hold', 'hold', 'credit']);
    const first = await readLedger(call, '?limit=2');
    expect([first.data, first.has_more]).toEqual([all.data.slice(0, 2), true]);
    const rest = await readLedger(call, `?limit=2&starting_after=${first.data[1]?.id}`);
    expect([rest.data, rest.has_more]).toEqual([all.data.slice(2), false]);
    const other = makeClient((await makeAccount({}, 0)).key);
    expect((await readLedger(other, `?job_id=${all.data[0]?.job_id}`)).data).toEqual([]);
    const rows = await deps.db
      .select()
      .from(ledgerEntries)
      .where(and(eq(ledgerEntries.accountId, account.id), eq(ledgerEntries.mode, 'live')));
    expect(all.data.map(({ id }) => id)).not.toContain(rows[0]?.id);
    expect((await readLedger(call, '?created[lt]=2020-01-01T00:00:00Z')).data).toEqual([]);
    const problem = await expectProblem(await call('GET', '/v1/ledger?kind=gift'), 'input.invalid');
    expect(problem.errors?.[0]?.pointer).toBe('/kind');
  });
});

test('usage is what was captured in a month, by day, kind, key and end user', async () => {
  const account = await makeAccount();
  const call = makeClient(account.key);
  const runner = await makeFakeRunner();
  for (const end_user of ['ann', 'ann', 'bob']) {
    await call('POST', '/v1/heads', { json: { prompt: 'x', preset: 'smoke', end_user } });
    await runner.finish(await claimOrThrow(runner), FILES);
  }
  await createJob(call);
  const read = async (query: string) => Usage.parse(await (await call('GET', `/v1/usage${query}`)).json());
  const today = new Date().toISOString().slice(0, 10);
  expect(await read('')).toMatchObject({
    month: today.slice(0, 7),
    jobs: 3,
    amount: 3,
    data: [{ group: today, jobs: 3, amount: 3 }],
  });
  expect((await read('?group_by=end_user')).data).toEqual([
    { group: 'ann', jobs: 2, amount: 2 },
    { group: 'bob', jobs: 1, amount: 1 },
  ]);
  expect(await read('?group_by=kind&end_user=bob')).toMatchObject({
    jobs: 1,
    data: [{ group: 'head', jobs: 1 }],
  });
  expect(await read('?group_by=key&month=2026-01')).toMatchObject({ jobs: 0, amount: 0, data: [] });
});

test('a quote is what the job then costs, tells durations once it knows some, and reserves nothing', async () => {
  const account = await makeAccount();
  const call = makeClient(account.key);
  const ask = async (json: object) => Quote.parse(await (await call('POST', '/v1/quotes', { json })).json());
  const quoted = await ask({ preset: 'draft' });
  expect(quoted).toMatchObject({ cost: DRAFT_MINOR, currency: 'usd', kind: 'head' });
  expect((await readBalance(call)).held).toBe(0);
  await call('POST', '/v1/heads', DRAFT);
  expect((await readBalance(call)).held).toBe(quoted.cost);
  expect(await ask({})).toMatchObject({ preset: 'standard', cost: 40, typical_duration_s: null });
  await endAllJobs();
  const runner = await makeFakeRunner();
  for (let i = 0; i < 5; i++) {
    const { job } = await createJob(call);
    await runner.finish(await claimOrThrow(runner), FILES);
    await deps.db
      .update(jobs)
      .set({ startedAt: sqlMinus(i + 1) })
      .where(eq(jobs.id, job.id));
  }
  const { typical_duration_s } = await ask({ preset: 'smoke' });
  expect(typical_duration_s?.p95).toBeGreaterThanOrEqual(typical_duration_s?.p50 ?? Number.NaN);
  const models = ModelList.parse(await (await makeClient(null)('GET', '/v1/models')).json());
  expect(models.data[0]?.prices).toContainEqual({ kind: 'head', preset: 'draft', cost: DRAFT_MINOR });
  await expectProblem(await call('POST', '/v1/quotes', { json: { preset: 'gold' } }), 'input.invalid');
});

const sqlMinus = (seconds: number) => Date.now() - seconds * 1000;

test('an account without a wallet has nothing, and is told so', async () => {
  const call = makeClient((await makeAccount({}, 0)).key);
  expect(await readBalance(call)).toMatchObject({ arrangement: 'prepaid', available: 0 });
  await expectProblem(await call('POST', '/v1/heads', DRAFT), 'billing.insufficient_credit');
});
