import { HeadId } from '@headwright/shared/ids';
import { and, eq, isNull, sql } from 'drizzle-orm';
import { heads } from '../../db/schema/heads.ts';
import { idempotencyKeys } from '../../db/schema/idempotency-keys.ts';
import { jobs } from '../../db/schema/jobs.ts';
import { moderationFlags } from '../../db/schema/moderation-flags.ts';
import { revisions } from '../../db/schema/revisions.ts';
import { auditStatement, type Audit } from '../audit/audit-statement.ts';
import type { Deps } from '../context.ts';
import { stopJob } from '../jobs/stop-job.ts';
import { tellError } from '../tell-error.ts';
import { recordAccountEvent } from '../webhooks/record-account-event.ts';
import { purgeHead } from './purge-head.ts';

/** A head that shall be forgotten. */
export type Erasable = Pick<typeof heads.$inferSelect, 'id' | 'accountId' | 'mode'>;

/**
 * Turns a head into a tombstone: its words are gone from every row in one batch, then its open jobs are stopped and its
 * files go. Repeating it changes nothing but what was left. What an attempt still publishes, the sweep removes.
 */
export async function eraseHead(deps: Deps, head: Erasable, audit: Audit): Promise<void> {
  const { db, clock, ids, doorbell, log } = deps;
  const nowMs = clock();
  const isThere = sql`exists (select 1 from heads where id = ${head.id} and deleted_at is null)`;
  const event = {
    id: ids.create('evt'),
    accountId: head.accountId,
    mode: head.mode,
    type: 'head.deleted' as const,
    data: { head: HeadId.parse(head.id), deleted_at: new Date(nowMs).toISOString() },
    atMs: nowMs,
  };
  const ofHead = sql`(select id from jobs where head_id = ${head.id})`;
  const nothing = { prompt: '', negativePrompt: null, labels: [], warnings: [] };
  const [, , deliveries] = await db.batch([
    auditStatement(deps, audit, isThere),
    ...recordAccountEvent(db, event, isThere),
    db
      .update(heads)
      .set({ ...nothing, name: null, metadata: {}, endUser: null, deletedAt: nowMs })
      .where(and(eq(heads.id, head.id), isNull(heads.deletedAt))),
    db.update(revisions).set(nothing).where(eq(revisions.headId, head.id)),
    db.update(idempotencyKeys).set({ fingerprint: '' }).where(sql`job_id in ${ofHead}`),
    db.update(moderationFlags).set({ appeal: null, appealedAt: null }).where(sql`job_id in ${ofHead}`),
  ]);
  const open = await db
    .select({ id: jobs.id })
    .from(jobs)
    .where(and(eq(jobs.headId, head.id), isNull(jobs.finishedAt)));
  for (const { id } of open) await stopJob(deps, id);
  await Promise.all(deliveries.map(({ endpointId }) => doorbell.deliveryDue(endpointId)));
  try {
    await purgeHead(deps, head);
  } catch (error) {
    log.error('files of a deleted head stay for the sweep', { headId: head.id, error: tellError(error) });
  }
}
