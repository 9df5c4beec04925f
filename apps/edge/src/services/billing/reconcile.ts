import { and, eq, isNotNull, type SQL, sql } from 'drizzle-orm';
import { meterExports } from '../../db/schema/meter-exports.ts';
import { wallets } from '../../db/schema/wallets.ts';
import type { Deps } from '../context.ts';

/** Findings of one kind that are told; the count is of all. */
const EXAMPLES_MAX = 20;

/** A statement about the books that does not hold. */
export interface Finding {
  claim: string;
  count: number;
  /** Accounts or jobs that it does not hold for. */
  examples: string[];
}

/** What the books say, and what is wrong with them. */
export interface Reconciliation {
  entries: number;
  jobs: number;
  capturedMinor: number;
  meteredMinor: number;
  findings: Finding[];
}

type Books = Pick<Deps, 'db' | 'payments' | 'clock'>;

const SIGNED = (plus: string, minus: string) =>
  sql.raw(`case when arrangement = 'invoiced' then 0 when kind in (${plus}) then amount_minor
    when kind in (${minus}) then -amount_minor else 0 end`);

/** Each query names what contradicts its claim: the ledger against wallets, caps, jobs and the meter's outbox. */
const CLAIMS: Readonly<Record<string, SQL>> = {
  'a balance is the sum of its account’s entries': sql`
    select coalesce(w.account_id, l.account_id) || ' ' || coalesce(w.mode, l.mode) as example
    from (select account_id, mode, sum(${SIGNED("'credit','refund','dispute_won'", "'capture','withdrawal','dispute'")}) as balance,
        sum(${SIGNED("'hold'", "'capture','release'")}) as held from ledger_entries group by account_id, mode) as l
    full join wallets as w on w.account_id = l.account_id and w.mode = l.mode
    where coalesce(w.balance_minor, 0) <> coalesce(l.balance, 0) or coalesce(w.held_minor, 0) <> coalesce(l.held, 0)`,
  'what counts against a cap is holds less releases': sql`
    select coalesce(s.account_id, l.account_id) || ' ' || coalesce(s.period, l.period) as example
    from (select account_id, mode, period, sum(case kind when 'hold' then amount_minor when 'release' then -amount_minor
        else 0 end) as committed from ledger_entries where job_id is not null and kind <> 'refund'
        group by account_id, mode, period) as l
    full join (select * from spending where key_id = '') as s
      on s.account_id = l.account_id and s.mode = l.mode and s.period = l.period
    where coalesce(s.committed_minor, 0) <> coalesce(l.committed, 0)`,
  'every priced job was held, for its price': sql`
    select jobs.id as example from jobs left join ledger_entries as l on l.id = jobs.hold_id and l.kind = 'hold'
      and l.job_id = jobs.id and l.account_id = jobs.account_id and l.mode = jobs.mode
      and l.amount_minor = jobs.amount_minor and l.price_version = jobs.price_version
    where jobs.hold_id is not null and l.id is null`,
  'every hold has its job': sql`
    select l.id as example from ledger_entries as l left join jobs on jobs.hold_id = l.id
    where l.kind = 'hold' and jobs.id is null`,
  'a job that succeeded was captured, any other that ended was released, an open one neither': sql`
    select jobs.id as example from jobs left join ledger_entries as l
      on l.job_id = jobs.id and l.kind in ('capture', 'release')
    where jobs.hold_id is not null and coalesce(l.kind, 'open') <> case when jobs.finished_at is null then 'open'
      when jobs.status = 'succeeded' then 'capture' else 'release' end`,
  'a job is captured for what was held': sql`
    select l.job_id as example from ledger_entries as l join ledger_entries as held
      on held.job_id = l.job_id and held.kind = 'hold'
    where l.kind in ('capture', 'release') and (l.amount_minor <> held.amount_minor
      or l.arrangement <> held.arrangement or l.price_version <> held.price_version)`,
  'a prepaid job is refunded once, after its capture': sql`
    select l.job_id as example from ledger_entries as l left join ledger_entries as captured
      on captured.job_id = l.job_id and captured.kind = 'capture' and captured.arrangement = 'prepaid'
    where l.kind = 'refund' and (captured.id is null or captured.amount_minor <> l.amount_minor)`,
  'the meter’s outbox has every live capture of an invoiced account, and no other': sql`
    select coalesce(l.id, e.ledger_id) as example from (select * from ledger_entries where kind = 'capture'
      and arrangement = 'invoiced' and mode = 'live') as l
    full join meter_exports as e on e.ledger_id = l.id and e.amount_minor = l.amount_minor
    where l.id is null or e.ledger_id is null`,
};

/** Proves that ledger, jobs, balances and meters say the same, or tells where they do not. Changes nothing. */
export async function reconcile(deps: Books): Promise<Reconciliation> {
  const findings: Finding[] = [];
  for (const [claim, query] of Object.entries(CLAIMS)) {
    const found = await deps.db.all<{ example: string }>(query);
    if (found.length > 0) {
      const examples = found.slice(0, EXAMPLES_MAX).map(({ example }) => example);
      findings.push({ claim, count: found.length, examples });
    }
  }
  const [sums] = await deps.db.all<{ entries: number; jobs: number; captured: number }>(sql`select
    (select count(*) from ledger_entries) as entries, (select count(*) from jobs where hold_id is not null) as jobs,
    (select coalesce(sum(amount_minor), 0) from jobs where status = 'succeeded' and hold_id is not null) as captured`);
  const meters = await reconcileMeters(deps);
  return {
    entries: sums?.entries ?? 0,
    jobs: sums?.jobs ?? 0,
    capturedMinor: sums?.captured ?? 0,
    meteredMinor: meters.meteredMinor,
    findings: [...findings, ...meters.findings],
  };
}

/** The provider's meter against what was sent to it, account by account. */
async function reconcileMeters({ db, payments, clock }: Books) {
  const exported = await db
    .select({
      accountId: meterExports.accountId,
      customerId: wallets.customerId,
      amountMinor: sql<number>`sum(${meterExports.amountMinor})`,
      pending: sql<number>`sum(${meterExports.sentAt} is null)`,
      fromMs: sql<number>`min(${meterExports.capturedAt})`,
    })
    .from(meterExports)
    .leftJoin(
      wallets,
      and(
        eq(wallets.accountId, meterExports.accountId),
        eq(wallets.mode, 'live'),
        isNotNull(wallets.customerId),
      ),
    )
    .groupBy(meterExports.accountId);
  const wrong: string[] = [];
  let meteredMinor = 0;
  for (const { accountId, customerId, amountMinor, pending, fromMs } of exported) {
    const minute = (ms: number) => Math.floor(ms / 60_000) * 60_000;
    const known =
      customerId === null || payments.live === null
        ? 0
        : await payments.live.readMeterTotal(customerId, minute(fromMs), minute(clock()) + 60_000);
    meteredMinor += known;
    if (known !== amountMinor) {
      wrong.push(`${accountId}: the ledger has ${amountMinor}, the meter ${known}, ${pending} not sent yet`);
    }
  }
  const claim = 'the provider’s meter has what the ledger captured of each invoiced account';
  const findings: Finding[] =
    wrong.length === 0 ? [] : [{ claim, count: wrong.length, examples: wrong.slice(0, EXAMPLES_MAX) }];
  return { meteredMinor, findings };
}
