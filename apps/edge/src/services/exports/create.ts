import {
  type CreateExportRequest,
  type CreateExportResponse,
  requestedRenditions,
} from '@headwright/shared/api/exports';
import { and, eq, type SQL, sql } from 'drizzle-orm';
import { insertSelect } from '../../db/insert-select.ts';
import { exports } from '../../db/schema/exports.ts';
import { heads } from '../../db/schema/heads.ts';
import { jobs } from '../../db/schema/jobs.ts';
import { canPay, explainLimits } from '../billing/can-pay.ts';
import { holdStatements } from '../billing/hold-statements.ts';
import { preparePurchase } from '../billing/purchase.ts';
import type { AccountContext } from '../context.ts';
import { ServiceError } from '../errors.ts';
import { type IdempotencyClaim, insertIdempotencyKey } from '../idempotency/claim.ts';
import { HAS_ROOM, queueFull } from '../jobs/admit-job.ts';
import { announceJob } from '../jobs/announce-job.ts';
import { deadlineOf } from '../jobs/deadline.ts';
import { describeJob, outlookThen } from '../jobs/describe-job.ts';
import { insertJob } from '../jobs/insert-job.ts';
import { insertEvent, justChanged, selectHistory } from '../jobs/statements.ts';
import { chooseEndUser } from '../keys/choose-end-user.ts';
import { explainRefusal } from '../keys/may-create.ts';
import { visibleHeads } from '../keys/visible.ts';
import { explainAbuse, withinAbuseLimit } from '../moderation/abuse-limit.ts';
import { assertCreatesOpen } from '../operations/assert-creates-open.ts';
import { currentJobId } from '../revisions/current-job-id.ts';
import { describeExport } from './describe-export.ts';

/** Accepts an export of a finished revision and its job, or neither. */
export async function createExport(
  ctx: AccountContext,
  headId: string,
  input: CreateExportRequest,
  idempotency: IdempotencyClaim | null,
): Promise<CreateExportResponse> {
  const { db, clock, ids } = ctx.deps;
  const nowMs = clock();
  await assertCreatesOpen(ctx.deps);
  const endUser = chooseEndUser(ctx.actor, input.end_user);
  const asker = { accountId: ctx.actor.accountId, mode: ctx.actor.mode, endUser };
  const facts = await readFacts(ctx, headId, input.revision_id);
  const renditions = requestedRenditions(input, facts.hasBlendshapes);
  const purchase = preparePurchase(ctx, 'export', { headId }, input.max_cost);
  const eventId = ids.create('evt');
  const ofJob = justChanged(eventId);
  const [, , , [job], history, , [limits]] = await db.batch([
    insertJob(db, {
      jobId: ids.create('job'),
      eventId,
      headId,
      kind: 'export',
      actor: ctx.actor,
      endUser,
      purchase,
      lane: null,
      deadlineAt: deadlineOf(nowMs, input.deadline_s, { lane: null, waitMs: null }),
      createdAt: nowMs,
      guard: sql`${visibleHeads(ctx.actor)} and heads.deleted_at is null and ${HAS_ROOM}
        and ${canPay(purchase)} and ${withinAbuseLimit(asker, nowMs)}`,
    }),
    insertSelect(
      db,
      exports,
      { jobId: sql`jobs.id`, revisionId: facts.revisionId, renditions },
      sql`from jobs where ${ofJob}`,
    ),
    insertEvent(db, eventId, nowMs),
    db.select().from(jobs).where(ofJob),
    selectHistory(db, eventId),
    ...holdStatements(db, purchase, eventId),
    insertIdempotencyKey(db, idempotency, ofJob),
  ]);
  if (job === undefined) {
    await explainRefusal(db, ctx.actor, clock());
    await explainAbuse(ctx.deps, asker, nowMs);
    // The head may have been deleted since the facts were read.
    await readFacts(ctx, headId, input.revision_id);
    explainLimits(limits);
    throw queueFull();
  }
  await announceJob(ctx.deps, job, history);
  const row = { jobId: job.id, revisionId: facts.revisionId, renditions };
  return { export: describeExport(headId, row), job: describeJob(job, outlookThen(history[0])) };
}

/** The finished revision that is exported, and what decides about its files; it never changes, so it may be read before. */
async function readFacts(ctx: AccountContext, headId: string, revisionId: string | undefined) {
  const asked = revisionId === undefined ? currentJobId(sql`heads.id`) : jobOfRevision(revisionId);
  const [found] = await ctx.deps.db
    .select({
      deletedAt: heads.deletedAt,
      hasBlendshapes: heads.blendshapes,
      status: jobs.status,
      revisionId: sql<string>`(select id from revisions where job_id = ${jobs.id})`,
      hasState: sql<number>`exists (select 1 from assets where job_id = ${jobs.id} and visibility = 'private')`,
    })
    .from(heads)
    .leftJoin(jobs, eq(jobs.id, asked))
    .where(and(eq(heads.id, headId), visibleHeads(ctx.actor)));
  if (found === undefined) throw new ServiceError('resource.not_found', 'There is no such head.');
  if (found.deletedAt !== null) throw new ServiceError('resource.deleted', 'The head was deleted.');
  if (found.status === null)
    throw new ServiceError('resource.not_found', 'There is no such revision of the head.');
  if (found.status !== 'succeeded') {
    const isOpen = ['queued', 'running', 'canceling'].includes(found.status);
    if (isOpen)
      throw new ServiceError('resource.not_ready', 'It is not finished yet.', { retryAfterSeconds: 2 });
    throw new ServiceError('resource.not_exportable', 'It was never finished.');
  }
  if (!found.hasState)
    throw new ServiceError(
      'resource.not_exportable',
      'The head was made without the state that exports need.',
    );
  return found;
}

const jobOfRevision = (id: string): SQL =>
  sql`(select job_id from revisions where revisions.id = ${id} and head_id = heads.id)`;
