import { eq, getTableColumns, isNull, sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { insertSelect } from '../../db/insert-select.ts';
import { jobs } from '../../db/schema/jobs.ts';
import { ledgerEntries } from '../../db/schema/ledger-entries.ts';
import { meterExports } from '../../db/schema/meter-exports.ts';
import { SCHEDULE } from '../../scheduled/index.ts';
import { bindings } from '../../test/bindings.ts';
import { makeClient } from '../../test/client.ts';
import { createJob } from '../../test/create-job.ts';
import { deps, makeAccount, makeClock, makeEdge } from '../../test/factories.ts';
import { makeFakeRunner } from '../../test/fake-runner.ts';
import { type Loss, makeFakeStripe } from '../../test/fake-stripe.ts';
import { claimOrThrow, FILES } from '../../test/start-attempt.ts';
import { periodOf } from './period.ts';
import { reconcile } from './reconcile.ts';
import { sendMeterEvents } from './send-meter-events.ts';
import { setTerms } from './set-terms.ts';

/** Captures of each of three invoiced accounts. */
const CAPTURES = 60;

/** The same losses for the same seed: one event in twenty never arrives, and of one in twenty the answer does not. */
function makeLosses(seed: number): () => Loss {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    const draw = (state >>> 8) % 20;
    return draw === 0 ? 'request' : draw === 1 ? 'answer' : null;
  };
}

/** An invoiced live account with finished jobs of 1, 2, 3 … cents, a second apart, written as the edge writes them. */
async function makeCaptures(count: number, untilMs: number): Promise<string> {
  const account = await makeAccount({}, 0);
  await setTerms(deps, {
    accountId: account.id,
    mode: 'live',
    arrangement: 'invoiced',
    creditLimitMinor: 1_000_000,
  });
  await deps.db.run(sql`insert into heads (id, account_id, prompt, seed, preset, warnings, labels, created_at, mode)
    values (${`head_${account.id}`}, ${account.id}, 'x', 1, 'smoke', '[]', '[]', 1, 'live')`);
  const mark = account.id.slice(-12);
  const numbered = sql`from (with recursive counted(n) as (select 1 union all select n + 1 from counted
    where n < ${count}) select n, printf('%s%014d', ${mark}, n) as tail from counted) where true`;
  const nothing = Object.fromEntries(
    Object.keys(getTableColumns(jobs)).map((field) => [field, sql`null`]),
  ) as Record<keyof typeof jobs.$inferInsert, typeof numbered>;
  const finishedAt = sql`${untilMs} - n * 1000`;
  await insertSelect(
    deps.db,
    jobs,
    {
      ...nothing,
      id: sql`'job_' || tail`,
      accountId: account.id,
      headId: `head_${account.id}`,
      kind: 'head',
      mode: 'live',
      preset: 'smoke',
      lane: 'live:smoke:head-1.0',
      model: 'head-1.0',
      seed: 1,
      status: 'succeeded',
      attempt: 1,
      failures: 0,
      previewCount: 0,
      isWatched: false,
      sequence: 3,
      lastEventId: sql`'evt_' || tail`,
      createdAt: finishedAt,
      finishedAt,
      amountMinor: sql`n`,
      priceVersion: 'test',
      holdId: sql`'led_a' || substr(tail, 2)`,
      settlementId: sql`'led_b' || substr(tail, 2)`,
    },
    numbered,
  );
  for (const [kind, id] of [
    ['hold', sql`hold_id`],
    ['capture', sql`settlement_id`],
  ] as const) {
    await insertSelect(
      deps.db,
      ledgerEntries,
      {
        id,
        accountId: account.id,
        mode: 'live',
        kind,
        arrangement: 'invoiced',
        amountMinor: sql`amount_minor`,
        currency: 'usd',
        jobId: sql`jobs.id`,
        keyId: '',
        period: periodOf(untilMs),
        priceVersion: 'test',
        reference: null,
        createdAt: sql`finished_at`,
      },
      sql`from jobs where account_id = ${account.id}`,
    );
  }
  return account.id;
}

const countPending = () => deps.db.$count(meterExports, isNull(meterExports.sentAt));

test('the meter has every capture to the cent, although events and answers are lost and some are in doubt for a day', async () => {
  const clock = makeClock();
  const losses = makeLosses(7);
  let isLosing = true;
  const stripe = makeFakeStripe(clock.now, () => (isLosing ? losses() : null));
  const { deps: world } = makeEdge({
    clock: clock.now,
    log: { info: () => undefined, error: () => undefined },
    payments: { test: deps.payments.test, live: stripe.payments },
  });
  const accountIds: string[] = [];
  for (let i = 0; i < 3; i++) accountIds.push(await makeCaptures(CAPTURES, clock.now()));
  const expected = (CAPTURES * (CAPTURES + 1)) / 2;
  const totals = () =>
    accountIds.map((id) =>
      stripe.metered
        .filter(({ customer }) => customer === `cus_${id}`)
        .reduce((sum, { value }) => sum + value, 0),
    );

  // The Worker stops after one sweep that lost some requests and some answers.
  await sendMeterEvents(world);
  const inDoubt = await deps.db.select().from(meterExports).where(isNull(meterExports.sentAt));
  expect(inDoubt.length).toBeGreaterThan(0);
  const before = await reconcile(world);
  expect(before.findings.map(({ claim }) => claim)).toEqual([
    'the provider’s meter has what the ledger captured of each invoiced account',
  ]);

  // A day later Stripe has forgotten the ids, so sending them again would count twice what had arrived.
  clock.advance(26 * 3_600_000);
  await sendMeterEvents(world);
  isLosing = false;
  await sendMeterEvents(world);
  expect(totals()).toEqual([expected, expected, expected]);
  expect(await countPending()).toBe(0);
  expect(stripe.metered.some(({ id }) => id.endsWith(':rest'))).toBe(true);
  expect(await reconcile(world)).toMatchObject({ findings: [], meteredMinor: 3 * expected });
});

test('within a day a doubtful event is sent again under its own id, and the duplicate counts as sent', async () => {
  const clock = makeClock();
  const answers: Loss[] = ['answer'];
  const stripe = makeFakeStripe(clock.now, () => answers.pop() ?? null);
  const { deps: world } = makeEdge({
    clock: clock.now,
    log: { info: () => undefined, error: () => undefined },
    payments: { test: deps.payments.test, live: stripe.payments },
  });
  const accountId = await makeCaptures(1, clock.now());
  await sendMeterEvents(world);
  expect(await countPending()).toBe(1);
  clock.advance(60_000);
  await sendMeterEvents(world);
  expect(await countPending()).toBe(0);
  const mine = stripe.metered.filter(({ customer }) => customer === `cus_${accountId}`);
  expect(mine).toHaveLength(1);
});

test('the books of jobs that ended in every way agree, and each kind of tampering is found', async () => {
  const account = await makeAccount();
  const call = makeClient(account.key);
  const runner = await makeFakeRunner();
  const created = [];
  for (let i = 0; i < 4; i++) created.push((await createJob(call)).job);
  await runner.finish(await claimOrThrow(runner), FILES);
  await runner.fail(await claimOrThrow(runner), 'engine_failed', false);
  await call('POST', created[2]?.urls.cancel ?? '');
  await SCHEDULE['* * * * *']?.(deps);
  const world = makeEdge({ payments: { test: deps.payments.test, live: null } }).deps;
  await bindings.DB.prepare('delete from meter_exports').run();
  const claims = async () =>
    (await reconcile(world)).findings.map(({ claim }) => claim).filter((claim) => !claim.includes('outbox'));
  expect(await claims()).toEqual([]);
  const tamper = async (statement: string, undo: string) => {
    await bindings.DB.prepare(statement).run();
    const found = await claims();
    await bindings.DB.prepare(undo).run();
    return found;
  };
  const ofWallet = `account_id = '${account.id}' and mode = 'test'`;
  const [done, , , open] = created;
  const set = (table: string, assignment: string, where: string) =>
    `update ${table} set ${assignment} where ${where}`;
  expect(
    await tamper(
      set('wallets', 'balance_minor = balance_minor + 1', ofWallet),
      set('wallets', 'balance_minor = balance_minor - 1', ofWallet),
    ),
  ).toEqual(['a balance is the sum of its account’s entries']);
  expect(
    await tamper(
      set('spending', 'committed_minor = committed_minor + 1', ofWallet),
      set('spending', 'committed_minor = committed_minor - 1', ofWallet),
    ),
  ).toEqual(['what counts against a cap is holds less releases']);
  expect(
    await tamper(
      set('jobs', 'amount_minor = 5', `id = '${done?.id}'`),
      set('jobs', 'amount_minor = 1', `id = '${done?.id}'`),
    ),
  ).toEqual(['every priced job was held, for its price']);
  expect(
    await tamper(
      set('jobs', "status = 'canceled'", `id = '${done?.id}'`),
      set('jobs', "status = 'succeeded'", `id = '${done?.id}'`),
    ),
  ).toEqual(['a job that succeeded was captured, any other that ended was released, an open one neither']);
  expect(await claims()).toEqual([]);
  expect(
    (
      await deps.db
        .select()
        .from(jobs)
        .where(eq(jobs.id, open?.id ?? ''))
    )[0]?.settlementId,
  ).toBeNull();
});
