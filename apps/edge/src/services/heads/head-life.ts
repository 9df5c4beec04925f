import { type SQL, sql } from 'drizzle-orm';
import type { AccountActor } from '../context.ts';
import { planOf } from '../quotas/plans.ts';

/** When a head that is accepted now is deleted by itself, as the account's plan says; null is never. */
export function headEndsAtMs(
  { plan, mode }: Pick<AccountActor, 'plan' | 'mode'>,
  nowMs: number,
): number | null {
  const days = planOf(plan).headLifeDays[mode];
  return days === null ? null : nowMs + days * 86_400_000;
}

/** The same in a statement, where a live head of an account that has ever paid is kept, whatever its plan says. */
export function expiryOf(
  { accountId, mode }: Pick<AccountActor, 'accountId' | 'mode'>,
  endsAtMs: number | null,
): SQL<number | null> {
  return sql`case when ${mode} = 'test' or not exists (select 1 from payment_events
    where account_id = ${accountId} and mode = ${mode}) then ${endsAtMs} end`;
}
