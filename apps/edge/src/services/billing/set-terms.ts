import type { Arrangement } from '@headwright/shared/ledger-kind';
import { wallets } from '../../db/schema/wallets.ts';
import type { Deps, KeyMode } from '../context.ts';

/** How an account pays from its next job on; jobs that are open keep the terms that they were accepted under. */
export interface Terms {
  accountId: string;
  mode: KeyMode;
  arrangement: Arrangement;
  /** What an invoiced account may commit in a month; null when prepaid. */
  creditLimitMinor: number | null;
}

/** An operator's decision about an account. */
export async function setTerms({ db }: Pick<Deps, 'db'>, terms: Terms): Promise<void> {
  const { arrangement, creditLimitMinor } = terms;
  await db
    .insert(wallets)
    .values(terms)
    .onConflictDoUpdate({
      target: [wallets.accountId, wallets.mode],
      set: { arrangement, creditLimitMinor },
    });
}
