import { and, eq } from 'drizzle-orm';
import { ledgerEntries } from '../../db/schema/ledger-entries.ts';
import type { Deps } from '../context.ts';
import { ServiceError } from '../errors.ts';
import { type Movement, movementStatement } from './movement-statement.ts';

/**
 * Gives an account credit, as an operator; once for its reference, which says why. A reference that stands for another
 * credit is refused, so that nobody believes in one that was not given.
 */
export async function addCredit(
  { db, ids, clock }: Pick<Deps, 'db' | 'ids' | 'clock'>,
  credit: Omit<Movement, 'id' | 'kind' | 'atMs'>,
): Promise<void> {
  const { accountId, mode, amountMinor, reference } = credit;
  const [, given] = await db.batch([
    movementStatement(db, { ...credit, id: ids.create('led'), kind: 'credit', atMs: clock() }),
    db
      .select()
      .from(ledgerEntries)
      .where(
        and(
          eq(ledgerEntries.kind, 'credit'),
          eq(ledgerEntries.reference, reference),
          eq(ledgerEntries.accountId, accountId),
          eq(ledgerEntries.mode, mode),
          eq(ledgerEntries.amountMinor, amountMinor),
        ),
      ),
  ]);
  if (given.length > 0) return;
  const detail = 'stands for another credit: say one that was never used';
  throw new ServiceError('input.invalid', `/reference ${detail}`, {
    errors: [{ pointer: '/reference', code: 'invalid_value', detail }],
  });
}
