import { and, eq, sql } from 'drizzle-orm';
import { insertSelect } from '../../db/insert-select.ts';
import { accounts } from '../../db/schema/accounts.ts';
import { ledgerEntries } from '../../db/schema/ledger-entries.ts';
import { paymentEvents } from '../../db/schema/payment-events.ts';
import type { PaymentEvent } from '../../ports/payments/interface.ts';
import type { Deps, KeyMode } from '../context.ts';
import { ServiceError } from '../errors.ts';
import { type Movement, movementRow } from './movement-statement.ts';

/** By then the event of a payment has come, too: the provider sends each for three days. */
const UNKNOWN_MS = 2 * 86_400_000;

/**
 * Stores an event of the payment provider once and appends what it moves, in one batch. A replay finds the row of the
 * first and appends nothing; an event that comes before the payment which it is about is refused, so that it comes again.
 * One about money that was never ours, such as an invoice or another deployment's, is told to the log and taken: a
 * provider stops sending to an address that refuses for days.
 */
export async function recordPaymentEvent(deps: Deps, event: PaymentEvent): Promise<void> {
  const { db, clock, ids, log } = deps;
  if (event.change === null) return;
  const owner = await findOwner(deps, event.change);
  const { change } = event;
  if (owner === null) {
    const isNew = change.kind !== 'credit' && clock() - event.createdAtMs < UNKNOWN_MS;
    if (isNew) throw new ServiceError('resource.not_ready', 'The payment is not known yet.');
    log.error('a payment event is about nothing of ours', { event: event.id, type: event.type });
    return;
  }
  const movement: Movement = {
    id: ids.create('led'),
    ...owner,
    kind: change.kind === 'returned' ? 'credit' : change.kind,
    amountMinor: change.amountMinor,
    reference: change.kind === 'credit' ? change.paymentId : change.reference,
    atMs: clock(),
  };
  await db.batch([
    db
      .insert(paymentEvents)
      .values({
        id: event.id,
        type: event.type,
        ...owner,
        ledgerId: movement.id,
        receivedAt: movement.atMs,
      })
      .onConflictDoNothing(),
    // Two events may tell the same payment: its reference is unique.
    insertSelect(
      db,
      ledgerEntries,
      {
        ...movementRow(movement),
        jobId: null,
        keyId: '',
        priceVersion: null,
        reference: movement.reference,
      },
      sql`where exists (select 1 from payment_events where id = ${event.id} and ledger_id = ${movement.id})
        and not exists (select 1 from ledger_entries where kind = ${movement.kind}
          and reference = ${movement.reference})`,
    ),
  ]);
  log.info('payment event', { event: event.id, type: event.type, accountId: owner.accountId });
}

/** Whose money it is: what the checkout named, or whoever made the payment that is taken back. Null is nobody's here. */
async function findOwner(
  { db }: Deps,
  change: NonNullable<PaymentEvent['change']>,
): Promise<{ accountId: string; mode: KeyMode } | null> {
  if (change.kind === 'credit') {
    const { accountId, mode } = change;
    const isKnown = (await db.$count(accounts, eq(accounts.id, accountId))) > 0;
    return isKnown ? { accountId, mode } : null;
  }
  const [credit] = await db
    .select({ accountId: ledgerEntries.accountId, mode: ledgerEntries.mode })
    .from(ledgerEntries)
    .where(and(eq(ledgerEntries.kind, 'credit'), eq(ledgerEntries.reference, change.paymentId)));
  return credit ?? null;
}
