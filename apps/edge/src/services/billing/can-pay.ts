import { eq, type SQL, sql } from 'drizzle-orm';
import type { Database } from '../../db/client.ts';
import { accounts } from '../../db/schema/accounts.ts';
import { ServiceError } from '../errors.ts';
import type { Purchase } from './purchase.ts';

/** No cap at all, as a number that SQLite compares exactly. */
const UNLIMITED = sql.raw('9007199254740991');

/** Each limit of a purchase as a condition on the `accounts` at hand; null or true is within it. */
function limits(purchase: Purchase) {
  const { mode, keyId, clientTokenId, period, maxCostMinor } = purchase;
  const amount = purchase.amountMinor;
  const wallet = (column: string) =>
    sql`(select ${sql.raw(column)} from wallets where account_id = accounts.id and mode = ${mode})`;
  const committed = (of: string) =>
    sql`coalesce((select committed_minor from spending where account_id = accounts.id and mode = ${mode}
      and key_id = ${of} and period = ${period}), 0)`;
  return {
    hasCredit: sql<number>`case when coalesce(${wallet('arrangement')}, 'prepaid') = 'invoiced'
      then ${committed('')} + ${amount} <= ${wallet('credit_limit_minor')}
      else coalesce(${wallet('balance_minor - held_minor')}, 0) >= ${amount} end`,
    isInAccountCap: sql<number>`${committed('')} + ${amount}
      <= coalesce(${wallet('monthly_cap_minor')}, ${UNLIMITED})`,
    isInKeyCap: sql<number>`${committed(keyId)} + ${amount}
      <= coalesce((select monthly_spend_cap from api_keys where id = ${keyId}), ${UNLIMITED})`,
    isInTokenCap:
      clientTokenId === null
        ? sql<number>`true`
        : sql<number>`(select coalesce(sum(amount_minor), 0) from jobs where client_token_id = ${clientTokenId}
            and (finished_at is null or status = 'succeeded')) + ${amount}
          <= coalesce((select max_cost from client_tokens where id = ${clientTokenId}), ${UNLIMITED})`,
    isInMaxCost: maxCostMinor === null ? sql<number>`true` : sql<number>`${amount} <= ${maxCostMinor}`,
  };
}

/**
 * The `accounts` at hand has the credit for a purchase and no cap is in its way: a condition for the statement that
 * admits a job. D1 runs one batch at a time, so what it reads is what the holds before it left: caps are exact.
 */
export function canPay(purchase: Purchase): SQL {
  return sql`(${sql.join(Object.values(limits(purchase)), sql` and `)})`;
}

/** Throws if money is why a job was not admitted. */
export async function explainLimits(db: Database, purchase: Purchase): Promise<void> {
  const [found] = await db.select(limits(purchase)).from(accounts).where(eq(accounts.id, purchase.accountId));
  if (found === undefined) return;
  if (!found.isInMaxCost) throw new ServiceError('billing.max_cost');
  if (!found.isInAccountCap) {
    throw new ServiceError('billing.cap_reached', 'The account’s cap for this month would be exceeded.');
  }
  if (!found.isInKeyCap) {
    throw new ServiceError('billing.cap_reached', 'The key’s cap for this month would be exceeded.');
  }
  if (!found.isInTokenCap) {
    throw new ServiceError('billing.cap_reached', 'The client token’s max_cost would be exceeded.');
  }
  if (!found.hasCredit) throw new ServiceError('billing.insufficient_credit');
}
