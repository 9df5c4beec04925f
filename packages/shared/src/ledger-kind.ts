import { z } from 'zod';

/**
 * What a ledger entry records. `hold`, `capture`, `release` and `refund` belong to a job, each at most once; the others
 * move money between an account and its owner.
 */
export const LEDGER_KINDS = [
  'hold',
  'capture',
  'release',
  'refund',
  'credit',
  'withdrawal',
  'dispute',
  'dispute_won',
] as const;
export const LedgerKind = z.enum(LEDGER_KINDS);
export type LedgerKind = z.infer<typeof LedgerKind>;

/** How an account pays: from credit bought before, or by an invoice for what was captured. */
export const ARRANGEMENTS = ['prepaid', 'invoiced'] as const;
export const Arrangement = z.enum(ARRANGEMENTS);
export type Arrangement = z.infer<typeof Arrangement>;
