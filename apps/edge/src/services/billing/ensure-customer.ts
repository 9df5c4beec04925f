import { and, eq, isNull } from 'drizzle-orm';
import { accounts } from '../../db/schema/accounts.ts';
import { wallets } from '../../db/schema/wallets.ts';
import type { Deps, KeyMode } from '../context.ts';
import { paymentsOf } from './payments-of.ts';

/** The payment provider's customer of an account, made at first need. */
export async function ensureCustomer(deps: Deps, accountId: string, mode: KeyMode): Promise<string> {
  const mine = and(eq(wallets.accountId, accountId), eq(wallets.mode, mode));
  const [wallet] = await deps.db.select().from(wallets).where(mine);
  if (wallet?.customerId != null) return wallet.customerId;
  const [account] = await deps.db.select().from(accounts).where(eq(accounts.id, accountId));
  if (account === undefined) throw new Error(`ensureCustomer: there is no account ${accountId}`);
  const customerId = await paymentsOf(deps, mode).createCustomer({
    id: accountId,
    name: account.name,
    mode,
  });
  // The provider answers two at once with the same customer, so it does not matter who writes.
  await deps.db.batch([
    deps.db.insert(wallets).values({ accountId, mode }).onConflictDoNothing(),
    deps.db
      .update(wallets)
      .set({ customerId })
      .where(and(mine, isNull(wallets.customerId))),
  ]);
  return customerId;
}
