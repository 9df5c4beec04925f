import type { AccountEventData } from '@headwright/shared/api/event-data';
import { CURRENCY } from '@headwright/shared/money';
import { and, eq, sql } from 'drizzle-orm';
import { spending } from '../../db/schema/spending.ts';
import { wallets } from '../../db/schema/wallets.ts';
import { periodOf } from '../billing/period.ts';
import type { Deps } from '../context.ts';
import { recordAccountEvent } from './record-account-event.ts';

/** Parts of the monthly cap, in percent, at which an account is told, each once a month. */
const THRESHOLDS_PERCENT = [80, 100] as const;

const BATCH = 100;

/** Records `usage.threshold` for accounts whose jobs of this month have come near their own cap, or to it. */
export async function tellThresholds(deps: Deps): Promise<void> {
  const { db } = deps;
  const atMs = deps.clock();
  const month = periodOf(atMs);
  for (const percent of THRESHOLDS_PERCENT) {
    const isTold = sql`exists (select 1 from account_events
      where account_events.account_id = wallets.account_id and account_events.mode = wallets.mode
        and type = 'usage.threshold' and data ->> 'month' = ${month} and data ->> 'percent' = ${percent})`;
    const isDue = sql`monthly_cap_minor > 0 and committed_minor * 100 >= monthly_cap_minor * ${percent}
      and not ${isTold}`;
    const ofMonth = and(
      eq(spending.accountId, wallets.accountId),
      eq(spending.mode, wallets.mode),
      eq(spending.keyId, ''),
      eq(spending.period, month),
    );
    const found = await db.select().from(wallets).innerJoin(spending, ofMonth).where(isDue).limit(BATCH);
    for (const { wallets: wallet, spending: spent } of found) {
      const { accountId, mode } = wallet;
      const cap = wallet.monthlyCapMinor;
      const committed = spent.committedMinor;
      const data: AccountEventData = {
        percent,
        month,
        committed,
        cap,
        currency: CURRENCY,
        urls: { limits: '/v1/limits' },
      };
      const event = {
        id: deps.ids.create('evt'),
        accountId,
        mode,
        type: 'usage.threshold' as const,
        data,
        atMs,
      };
      // Said once more, so that two sweeps at once tell it once.
      const guard = sql`exists (select 1 from wallets
        where account_id = ${accountId} and mode = ${mode} and not ${isTold})`;
      const [, told] = await db.batch(recordAccountEvent(db, event, guard));
      await Promise.all(told.map(({ endpointId }) => deps.doorbell.deliveryDue(endpointId)));
    }
  }
}
