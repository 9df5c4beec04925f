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
import { canPay } from '../billing/can-pay.ts';
import { holdStatements } from '../billing/hold-statements.ts';
import { preparePurchase } from '../billing/purchase.ts';
import type { AccountContext } from '../context.ts';
import { ServiceError } from '../errors.ts';
import { type IdempotencyClaim, insertIdempotencyKey } from '../idempotency/claim.ts';
import { HAS_ROOM } from '../jobs/admit-job.ts';
import { announceJob } from '../jobs/announce-job.ts';
import { deadlineOf } from '../jobs/deadline.ts';
import { describeJob, outlookThen } from '../jobs/describe-job.ts';
import { getJob } from '../jobs/get.ts';
import { insertJob } from '../jobs/insert-job.ts';
import { insertEvent, justChanged } from '../jobs/statements.ts';
import { explainNoJob } from '../jobs/explain-no-job.ts';
import { chooseEndUser } from '../keys/choose-end-user.ts';
import { assertMayOrder } from '../keys/rendition-reach.ts';
import { visibleHeads } from '../keys/visible.ts';
import { withinAbuseLimit } from '../moderation/abuse-limit.ts';
import { assertCreatesOpen } from '../operations/assert-creates-open.ts';
import { inheritedModel } from '../models/inherited-model.ts';
import { currentJobId } from '../revisions/current-job-id.ts';
import { describeExport } from './describe-export.ts';
import { makesFiles } from './makes-files.ts';

/** Accepts an export of a finished revision and its job, or neither; if its files are made or being made, tells of that job. */
export async function createExport(
  ctx: AccountContext,
  headId: string,
  input: CreateExportRequest,
  idempotency: IdempotencyClaim | null,
): Promise<CreateExportResponse> {
  const { db, clock, ids } = ctx.deps;
  const nowMs = clock();
  await assertCreatesOpen(ctx.deps);
  assertMayOrder(ctx.actor, 'rendition' in input ? [input.rendition] : null);
  const endUser = chooseEndUser(ctx.actor, input.end_user);
  const asker = { accountId: ctx.actor.accountId, mode: ctx.actor.mode, endUser };
  const facts = await readFacts(ctx, headId, input.revision_id);
  const renditions = requestedRenditions(input, facts.hasBlendshapes);
  const isMade = makesFiles(
    { id: facts.revisionId, jobId: facts.jobId },
    renditions.map(({ name }) => name),
  );
  const wanted = { revisionId: facts.revisionId, renditions };
  const made = await readMade(ctx, headId, wanted, isMade);
  if (made !== null) return made;
  const purchase = preparePurchase(ctx, 'export', { headId }, input.max_cost);
  const eventId = ids.create('evt');
  const ofJob = justChanged(eventId);
  const [[job], , history] = await db.batch([
    insertJob(db, {
      jobId: ids.create('job'),
      eventId,
      headId,
      kind: 'export',
      model: inheritedModel(ctx.deps, sql`${facts.jobId}`),
      seed: sql`${facts.seed}`,
      actor: ctx.actor,
      endUser,
      purchase,
      lane: null,
      deadlineAt: deadlineOf(nowMs, input.deadline_s, { lane: null, waitMs: null }),
      createdAt: nowMs,
      guard: sql`${visibleHeads(ctx.actor)} and heads.deleted_at is null and ${HAS_ROOM}
        and not exists (select 1 from jobs where ${isMade})
        and ${canPay(purchase)} and ${withinAbuseLimit(asker, nowMs)}`,
    }).returning(),
    insertSelect(db, exports, { ...wanted, jobId: sql`jobs.id` }, sql`from jobs where ${ofJob}`),
    insertEvent(db, eventId, nowMs).returning(),
    ...holdStatements(db, purchase, eventId),
    insertIdempotencyKey(db, idempotency, ofJob),
  ]);
  if (job === undefined) {
    const twin = await readMade(ctx, headId, wanted, isMade);
    if (twin !== null) return twin;
    // The head may have been deleted since the facts were read.
    await readFacts(ctx, headId, input.revision_id);
    return explainNoJob(ctx, asker, nowMs, purchase);
  }
  await announceJob(ctx.deps, job, history);
  const row = { ...wanted, jobId: job.id };
  return { export: describeExport(headId, row), job: describeJob(job, outlookThen(history[0])) };
}

/** The answer of whoever asked for the same files before, null if nobody has. */
async function readMade(
  ctx: AccountContext,
  headId: string,
  wanted: Omit<typeof exports.$inferSelect, 'jobId'>,
  isMade: SQL,
): Promise<CreateExportResponse | null> {
  const [found] = await ctx.deps.db
    .select({ id: jobs.id })
    .from(jobs)
    .where(isMade)
    .orderBy(jobs.id)
    .limit(1);
  if (found === undefined) return null;
  const row = { ...wanted, jobId: found.id };
  return { export: describeExport(headId, row), job: await getJob(ctx, found.id) };
}

/** The finished revision that is exported, and what decides about its files; it never changes, so it may be read before. */
async function readFacts(ctx: AccountContext, headId: string, revisionId: string | undefined) {
  const asked = revisionId === undefined ? currentJobId(sql`heads.id`) : jobOfRevision(revisionId);
  const [found] = await ctx.deps.db
    .select({
      deletedAt: heads.deletedAt,
      hasBlendshapes: heads.blendshapes,
      status: jobs.status,
      jobId: sql<string>`${jobs.id}`.as('job_id'),
      seed: sql<number>`${jobs.seed}`.as('made_seed'),
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
