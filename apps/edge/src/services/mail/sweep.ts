import { and, desc, eq, gte, isNotNull, isNull, sql } from 'drizzle-orm';
import { accountEvents } from '../../db/schema/account-events.ts';
import { accounts } from '../../db/schema/accounts.ts';
import type { Deps } from '../context.ts';
import { tellError } from '../tell-error.ts';
import { writeMail } from './write-mail.ts';

const BATCH = 20;

/** What could not be mailed for so long is not mailed any more; the event stays. */
const TRIED_FOR_MS = 3 * 86_400_000;

/**
 * Mails the owners of accounts what they must hear even if no endpoint is left to tell: at least once, by the minutely
 * sweep. Accounts without an address are not mailed.
 */
export async function sweepMail(deps: Deps): Promise<void> {
  const { db, clock, log, mail } = deps;
  if (mail === null) return;
  const nowMs = clock();
  const found = await db
    .select({ event: accountEvents, to: accounts.contactEmail })
    .from(accountEvents)
    .innerJoin(accounts, eq(accounts.id, accountEvents.accountId))
    .where(
      and(
        // As the index has it, word for word.
        sql`mailed_at is null and type in ('endpoint.disabled', 'usage.threshold')`,
        gte(accountEvents.createdAt, nowMs - TRIED_FOR_MS),
        isNotNull(accounts.contactEmail),
        isNull(accounts.deletedAt),
      ),
    )
    // The newest first: addresses that nobody takes, tried for days, keep no other's first mail back.
    .orderBy(desc(accountEvents.createdAt))
    .limit(BATCH);
  for (const { event, to } of found) {
    const text = writeMail(event.type, event.data);
    if (text === null || to === null) continue;
    try {
      const subject = event.mode === 'live' ? text.subject : `${text.subject} (test mode)`;
      await mail({ id: event.id, to, subject, text: text.text });
      await db.update(accountEvents).set({ mailedAt: nowMs }).where(eq(accountEvents.id, event.id));
    } catch (error) {
      // The next sweep tries again.
      log.error('mail failed', { eventId: event.id, error: tellError(error) });
    }
  }
}
