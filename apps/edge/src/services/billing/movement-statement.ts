import type { LedgerKind } from '@headwright/shared/ledger-kind';
import { CURRENCY } from '@headwright/shared/money';
import type { Database } from '../../db/client.ts';
import { ledgerEntries } from '../../db/schema/ledger-entries.ts';
import type { KeyMode } from '../context.ts';
import { periodOf } from './period.ts';

/** Money that moves between an account and its owner. */
export interface Movement {
  id: string;
  accountId: string;
  mode: KeyMode;
  kind: Extract<LedgerKind, 'credit' | 'withdrawal' | 'dispute' | 'dispute_won'>;
  amountMinor: number;
  /** Unique within its kind: moving the same thing twice changes nothing. */
  reference: string;
  atMs: number;
}

/** The row of a movement that belongs to no job. */
export function movementRow({ atMs, ...movement }: Movement): typeof ledgerEntries.$inferInsert {
  return {
    ...movement,
    arrangement: 'prepaid',
    currency: CURRENCY,
    jobId: null,
    keyId: '',
    period: periodOf(atMs),
    priceVersion: null,
    createdAt: atMs,
  };
}

/** Appends a movement, once for its reference. */
export function movementStatement(db: Database, movement: Movement) {
  return db.insert(ledgerEntries).values(movementRow(movement)).onConflictDoNothing();
}
