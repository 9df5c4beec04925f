import { and, asc, eq, gte, isNull, lt, sql } from 'drizzle-orm';
import type { SQLiteUpdateSetSource } from 'drizzle-orm/sqlite-core';
import { meterExports } from '../../db/schema/meter-exports.ts';
import type { Payments } from '../../ports/payments/interface.ts';
import type { Deps } from '../context.ts';
import { tellError } from '../tell-error.ts';
import { ensureCustomer } from './ensure-customer.ts';

/** The provider counts repeats of one id once for a day; an hour less, so that clocks may differ. */
const REPEATABLE_MS = 23 * 3_600_000;

const MINUTE_MS = 60_000;

/** Exports of one sweep, and how many of them are under way at a time. */
const BATCH = 400;
const AT_ONCE = 20;

type Export = typeof meterExports.$inferSelect;

/**
 * Tells captures of invoiced accounts to the provider's meter. A row is marked before its first send, so a crash or a
 * lost answer leaves it in doubt: within a day it is sent again under its own id, which counts once; after that the
 * meter itself is asked, and only what it lacks is sent.
 */
export async function sendMeterEvents(deps: Deps): Promise<void> {
  const { live } = deps.payments;
  if (live === null) return;
  const nowMs = deps.clock();
  const pending = await deps.db
    .select()
    .from(meterExports)
    .where(isNull(meterExports.sentAt))
    // New ones first: those that fail again and again must not keep them back.
    .orderBy(sql`${meterExports.triedAt} is not null`, asc(meterExports.capturedAt))
    .limit(BATCH);
  if (pending.length === 0) return;
  const isDoubtful = ({ triedAt }: Export) => triedAt !== null && nowMs - triedAt >= REPEATABLE_MS;
  const customers = await findCustomers(deps, pending);
  await sendAll(
    deps,
    live,
    customers,
    pending.filter((row) => !isDoubtful(row)),
  );
  const minutes = new Map(
    pending.filter(isDoubtful).map((row) => [`${row.accountId} ${minuteOf(row)}`, row]),
  );
  for (const row of minutes.values()) {
    await guarded(deps, row, () => settleMinute(deps, live, customers, row));
  }
}

const minuteOf = ({ capturedAt }: Export) => Math.floor(capturedAt / MINUTE_MS) * MINUTE_MS;

/** Whether `send` worked. One failure must not keep the others back; the next sweep tries it again. */
async function guarded(deps: Deps, { ledgerId }: Export, send: () => Promise<void>): Promise<boolean> {
  try {
    await send();
    return true;
  } catch (error) {
    deps.log.error('meter event was not sent', { ledgerId, error: tellError(error) });
    return false;
  }
}

async function findCustomers(deps: Deps, rows: Export[]): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const [accountId, row] of new Map(rows.map((each) => [each.accountId, each]))) {
    await guarded(deps, row, async () => {
      found.set(accountId, await ensureCustomer(deps, accountId, 'live'));
    });
  }
  return found;
}

/** Marks rows as tried, sends them, and marks those that the provider took. */
async function sendAll(deps: Deps, live: Payments, customers: Map<string, string>, rows: Export[]) {
  for (let i = 0; i < rows.length; i += AT_ONCE) {
    const some = rows.slice(i, i + AT_ONCE).filter(({ accountId }) => customers.has(accountId));
    await mark(deps, some, { triedAt: sql`coalesce(${meterExports.triedAt}, ${deps.clock()})` });
    const taken = await Promise.all(
      some.map((row) =>
        guarded(deps, row, () =>
          live.sendMeterEvent({
            id: row.ledgerId,
            customerId: customers.get(row.accountId) ?? '',
            amountMinor: row.amountMinor,
            atMs: row.capturedAt,
          }),
        ),
      ),
    );
    await mark(
      deps,
      some.filter((_, index) => taken[index]),
      { sentAt: deps.clock() },
    );
  }
}

/** Compares a minute of an account with the meter, and sends what the meter lacks as one event. */
async function settleMinute(deps: Deps, live: Payments, customers: Map<string, string>, doubtful: Export) {
  const customerId = customers.get(doubtful.accountId);
  if (customerId === undefined) return;
  const fromMs = minuteOf(doubtful);
  const untilMs = fromMs + MINUTE_MS;
  const rows = await deps.db
    .select()
    .from(meterExports)
    .where(
      and(
        eq(meterExports.accountId, doubtful.accountId),
        gte(meterExports.capturedAt, fromMs),
        lt(meterExports.capturedAt, untilMs),
      ),
    )
    .orderBy(asc(meterExports.ledgerId));
  const open = rows.filter(({ sentAt }) => sentAt === null);
  // One that may still be on its way makes the meter's answer worthless; the next sweep has sent it.
  if (open.some(({ triedAt }) => triedAt === null || deps.clock() - triedAt < REPEATABLE_MS)) return;
  const known = await live.readMeterTotal(customerId, fromMs, untilMs);
  const missingMinor = rows.reduce((sum, { amountMinor }) => sum + amountMinor, 0) - known;
  const [first] = open;
  if (missingMinor > 0 && first !== undefined) {
    const id = `${first.ledgerId}:rest`;
    await live.sendMeterEvent({ id, customerId, amountMinor: missingMinor, atMs: first.capturedAt });
  }
  await mark(deps, open, { sentAt: deps.clock() });
}

async function mark(
  { db }: Deps,
  rows: Export[],
  set: SQLiteUpdateSetSource<typeof meterExports>,
): Promise<void> {
  if (rows.length === 0) return;
  const ids = JSON.stringify(rows.map(({ ledgerId }) => ledgerId));
  await db
    .update(meterExports)
    .set(set)
    .where(sql`${meterExports.ledgerId} in (select value from json_each(${ids}))`);
}
