import type { LedgerEntry } from '@headwright/shared/api/billing';
import { JobId, LedgerId } from '@headwright/shared/ids';
import type { LedgerKind } from '@headwright/shared/ledger-kind';
import type { LedgerRow } from '../../db/schema/ledger-entries.ts';

/** How an entry of each kind moves the balance and what is held of it; migrations/ has the same in the ledger's trigger. */
const SIGNS = {
  hold: { balance: 0, held: 1 },
  capture: { balance: -1, held: -1 },
  release: { balance: 0, held: -1 },
  refund: { balance: 1, held: 0 },
  credit: { balance: 1, held: 0 },
  withdrawal: { balance: -1, held: 0 },
  dispute: { balance: -1, held: 0 },
  dispute_won: { balance: 1, held: 0 },
} as const satisfies Record<LedgerKind, { balance: number; held: number }>;

/** What an entry changes. Jobs of invoiced accounts take nothing from a balance. */
export function changesOf({
  kind,
  arrangement,
  amountMinor,
}: Pick<LedgerRow, 'kind' | 'arrangement' | 'amountMinor'>) {
  if (arrangement === 'invoiced') return { balanceMinor: 0, heldMinor: 0 };
  const { balance, held } = SIGNS[kind];
  return { balanceMinor: balance * amountMinor, heldMinor: held * amountMinor };
}

/** A ledger row as the API's resource. */
export function describeEntry(row: LedgerRow): LedgerEntry {
  const { balanceMinor, heldMinor } = changesOf(row);
  return {
    id: LedgerId.parse(row.id),
    object: 'ledger_entry',
    kind: row.kind,
    arrangement: row.arrangement,
    amount: row.amountMinor,
    balance_change: balanceMinor,
    held_change: heldMinor,
    currency: row.currency,
    job_id: row.jobId === null ? null : JobId.parse(row.jobId),
    price_version: row.priceVersion,
    created_at: new Date(row.createdAt).toISOString(),
    urls: { self: `/v1/ledger/${row.id}`, job: row.jobId === null ? null : `/v1/jobs/${row.jobId}` },
  };
}
