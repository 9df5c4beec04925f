import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm';
import { meterExports } from '../../db/schema/meter-exports.ts';
import type { Deps } from '../context.ts';
import { ensureCustomer } from './ensure-customer.ts';

/** The provider counts repeats of one id once for a day; an hour less, so that clocks may differ. */
const REPEATABLE_MS = 23 * 3_600_000;

const MINUTE_MS = 60_000;

/** Exports of one sweep. */
const BATCH = 200;

type Export = typeof meterExports.$inferSelect;

/**
 * Tells captures of invoiced accounts to the provider's meter. A row is marked before its first send, so a crash or a
 * lost answer leaves it in doubt: within a day it is sent again under its own id, which counts once; after that the
 * meter itself is asked, and only what it lacks is sent.
 */
export async function sendMeterEvents(deps: Deps): Promise<void> {
  if (deps.payments.live === null) return;
  const nowMs = deps.clock();
  const pending = await deps.db
    .select()
    .from(meterExports)
    .where(isNull(meterExports.sentAt))
    // New ones first: those that fail again and again must not keep them back.
    .orderBy(sql`${meterExports.triedAt} is not null`, asc(meterExports.capturedAt))
    .limit(BATCH);
  const isDoubtful = ({ triedAt }: Export) => triedAt !== null && nowMs - triedAt >= REPEATABLE_MS;
  for (const row of pending.filter((each) => !isDoubtful(each))) {
    await attempt(deps, row.ledgerId, () => sendOne(deps, row));
  }
  const doubtful = new Map(
    pending.filter(isDoubtful).map((row) => [`${row.accountId} ${minuteOf(row)}`, row]),
  );
  for (const row of doubtful.values()) await attempt(deps, row.ledgerId, () => settleMinute(deps, row));
}

const minuteOf = ({ capturedAt }: Export) => Math.floor(capturedAt / MINUTE_MS) * MINUTE_MS;

/** One failure must not keep the others back; the next sweep tries it again. */
async function attempt(deps: Deps, ledgerId: string, send: () => Promise<void>): Promise<void> {
  try {
    await send();
  } catch (error) {
    deps.log.error('meter event was not sent', { ledgerId, error: String(error) });
  }
}

async function sendOne(deps: Deps, row: Export): Promise<void> {
  const { db, clock, payments } = deps;
  const customerId = await ensureCustomer(deps, row.accountId, 'live');
  const mine = eq(meterExports.ledgerId, row.ledgerId);
  await db
    .update(meterExports)
    .set({ triedAt: sql`coalesce(${meterExports.triedAt}, ${clock()})` })
    .where(mine);
  await payments.live?.sendMeterEvent({
    id: row.ledgerId,
    customerId,
    amountMinor: row.amountMinor,
    atMs: row.capturedAt,
  });
  await db.update(meterExports).set({ sentAt: clock() }).where(mine);
}

/** Compares a minute of an account with the meter, and sends what the meter lacks as one event. */
async function settleMinute(deps: Deps, doubtful: Export): Promise<void> {
  const { db, clock, payments } = deps;
  const fromMs = minuteOf(doubtful);
  const untilMs = fromMs + MINUTE_MS;
  const rows = await db
    .select()
    .from(meterExports)
    .where(
      and(
        eq(meterExports.accountId, doubtful.accountId),
        sql`${meterExports.capturedAt} >= ${fromMs} and ${meterExports.capturedAt} < ${untilMs}`,
      ),
    )
    .orderBy(asc(meterExports.ledgerId));
  const open = rows.filter(({ sentAt }) => sentAt === null);
  // One that may still be on its way makes the meter's answer worthless; the next sweep has sent it.
  if (open.some(({ triedAt }) => triedAt === null || clock() - triedAt < REPEATABLE_MS)) return;
  const customerId = await ensureCustomer(deps, doubtful.accountId, 'live');
  const known = (await payments.live?.readMeterTotal(customerId, fromMs, untilMs)) ?? 0;
  const missingMinor = rows.reduce((sum, { amountMinor }) => sum + amountMinor, 0) - known;
  const [first] = open;
  if (missingMinor > 0 && first !== undefined) {
    await payments.live?.sendMeterEvent({
      id: `${first.ledgerId}:rest`,
      customerId,
      amountMinor: missingMinor,
      atMs: first.capturedAt,
    });
  }
  const ids = open.map(({ ledgerId }) => ledgerId);
  for (let i = 0; i < ids.length; i += 50) {
    await db
      .update(meterExports)
      .set({ sentAt: clock() })
      .where(inArray(meterExports.ledgerId, ids.slice(i, i + 50)));
  }
}
