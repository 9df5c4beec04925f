import type { Balance } from '@headwright/shared/api/billing';
import { CURRENCY } from '@headwright/shared/money';
import type { AccountContext } from '../context.ts';
import { readWallet } from './read-wallet.ts';

/** What the account has, in the caller's mode. */
export async function getBalance({ deps, actor }: AccountContext): Promise<Balance> {
  const wallet = await readWallet(deps, actor);
  const { balanceMinor, heldMinor, creditLimitMinor } = wallet;
  return {
    object: 'balance',
    arrangement: wallet.arrangement,
    currency: CURRENCY,
    balance: balanceMinor,
    held: heldMinor,
    available:
      creditLimitMinor === null ? balanceMinor - heldMinor : creditLimitMinor - wallet.committedMinor,
    credit_limit: creditLimitMinor,
  };
}
