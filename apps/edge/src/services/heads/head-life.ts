import { type SQL, sql } from 'drizzle-orm';
import type { AccountActor } from '../context.ts';
import { planOf } from '../quotas/plans.ts';

/**
 * When a head that is accepted now is deleted by itself; null is never. A live head of an account that has ever paid is
 * kept, whatever its plan says.
 */
export function expiryOf(
  { plan, mode, accountId }: Pick<AccountActor, 'plan' | 'mode' | 'accountId'>,
  nowMs: number,
): SQL<number | null> {
  const days = planOf(plan).headLifeDays[mode];
  if (days === null) return sql`null`;
  const endsAtMs = nowMs + days * 86_400_000;
  if (mode === 'test') return sql`${endsAtMs}`;
  return sql`case when not exists (select 1 from payment_events where account_id = ${accountId} and mode = ${mode})
    then ${endsAtMs} end`;
}
