import type { CreateRevisionRequest, CreateRevisionResponse } from '@headwright/shared/api/revisions';
import { and, eq, type SQL, sql } from 'drizzle-orm';
import { heads } from '../../db/schema/heads.ts';
import type { AccountContext } from '../context.ts';
import { ServiceError } from '../errors.ts';
import { canPay } from '../billing/can-pay.ts';
import { preparePurchase } from '../billing/purchase.ts';
import type { IdempotencyClaim } from '../idempotency/claim.ts';
import { admitJob, HAS_ROOM } from '../jobs/admit-job.ts';
import { announceJob } from '../jobs/announce-job.ts';
import { assertCreatesOpen } from '../operations/assert-creates-open.ts';
import { chooseLane } from '../jobs/choose-lane.ts';
import { deadlineOf } from '../jobs/deadline.ts';
import { describeJob, outlookThen } from '../jobs/describe-job.ts';
import { explainNoJob } from '../jobs/explain-no-job.ts';
import { chooseEndUser } from '../keys/choose-end-user.ts';
import { visibleHeads } from '../keys/visible.ts';
import { withinAbuseLimit } from '../moderation/abuse-limit.ts';
import { inheritedModel } from '../models/inherited-model.ts';
import { resolveModel } from '../models/resolve-model.ts';
import { moderatePrompt } from '../moderation/moderate-prompt.ts';
import { currentJobId } from './current-job-id.ts';
import { describeRevision } from './describe-revision.ts';

const JOB_KINDS = {
  geometry: 'geometry_edit',
  texture: 'texture_edit',
  restyle: 'restyle_edit',
} as const;

/** What decides whether the head of an outer `heads` can be edited now. */
const FACTS = {
  isFinished: sql<number>`exists (select 1 from jobs where jobs.head_id = heads.id and status = 'succeeded')`,
  isDeleted: sql<number>`heads.deleted_at is not null`,
  isOpen: sql<number>`exists (select 1 from jobs where jobs.head_id = heads.id and finished_at is null
    and kind <> 'export')`,
  hasState: sql<number>`exists (select 1 from assets where job_id = ${currentJobId(sql`heads.id`)}
    and visibility = 'private')`,
};

/** Accepts an edit of a head's current revision and its job, or neither. */
export async function createRevision(
  ctx: AccountContext,
  headId: string,
  input: CreateRevisionRequest,
  idempotency: IdempotencyClaim | null,
): Promise<CreateRevisionResponse> {
  const { db, clock, ids } = ctx.deps;
  const { accountId } = ctx.actor;
  const nowMs = clock();
  await assertCreatesOpen(ctx.deps);
  const negativePrompt = input.negative_prompt || null;
  const endUser = chooseEndUser(ctx.actor, input.end_user);
  const asker = { accountId, mode: ctx.actor.mode, endUser };
  const { lane, labels } = await moderatePrompt(ctx, endUser, () => ({
    lane: chooseLane(ctx.actor, input.prompt),
    labels: ctx.deps.checkPrompt(input.prompt, negativePrompt).labels,
  }));
  const kind = JOB_KINDS[input.kind];
  const model = chooseModel(ctx, headId, input.model);
  const purchase = preparePurchase(ctx, kind, { headId }, input.max_cost);
  const isEditable = sql`heads.deleted_at is null and ${FACTS.isFinished} and not ${FACTS.isOpen} and ${FACTS.hasState}`;
  const [[facts], [job], [revision], history] = await db.batch([
    selectFacts(ctx, headId),
    ...admitJob(db, {
      jobId: ids.create('job'),
      eventId: ids.create('evt'),
      kind,
      model,
      actor: ctx.actor,
      endUser,
      purchase,
      lane: lane.lane,
      deadlineAt: deadlineOf(nowMs, input.deadline_s, lane),
      idempotency,
      revision: {
        id: ids.create('rev'),
        accountId,
        headId,
        kind: input.kind,
        prompt: input.prompt,
        negativePrompt,
        seed: input.seed ?? ids.seed(),
        labels,
        createdAt: nowMs,
      },
      guard: sql`${visibleHeads(ctx.actor)} and ${HAS_ROOM} and ${isEditable}
        and ${canPay(purchase)} and ${withinAbuseLimit(asker, nowMs)}`,
    }),
  ]);
  if (job === undefined || revision === undefined) {
    refuseByFacts(facts);
    return explainNoJob(ctx, asker, nowMs, purchase);
  }
  await announceJob(ctx.deps, job, history);
  return {
    revision: describeRevision(revision, job, []),
    job: describeJob(job, outlookThen(history[0])),
  };
}

/** As it is named, or as it was for the revision that is edited. */
const chooseModel = ({ deps }: AccountContext, headId: string, name: string | undefined) =>
  name === undefined ? inheritedModel(deps, currentJobId(headId)) : resolveModel(deps, name);

/** The facts about one of the account's own heads, as they are at the moment of the batch. */
function selectFacts({ deps, actor }: AccountContext, headId: string) {
  const named = <T>(fact: SQL<T>, name: string) => fact.as(name);
  return deps.db
    .select({
      isFinished: named(FACTS.isFinished, 'is_finished'),
      isDeleted: named(FACTS.isDeleted, 'is_deleted'),
      isOpen: named(FACTS.isOpen, 'is_open'),
      hasState: named(FACTS.hasState, 'has_state'),
    })
    .from(heads)
    .where(and(eq(heads.id, headId), visibleHeads(actor)));
}

/** Throws if nothing was admitted because of the head. */
function refuseByFacts(
  facts: { isFinished: number; isDeleted: number; isOpen: number; hasState: number } | undefined,
): void {
  if (facts === undefined) throw new ServiceError('resource.not_found', 'There is no such head.');
  if (facts.isDeleted) throw new ServiceError('resource.deleted', 'The head was deleted.');
  const later = { retryAfterSeconds: 2 };
  if (facts.isOpen && !facts.isFinished) {
    throw new ServiceError('resource.not_ready', 'The head is not finished yet.', later);
  }
  if (facts.isOpen) {
    throw new ServiceError('resource.busy', 'One edit at a time: another is waiting or running.', later);
  }
  if (!facts.isFinished) throw new ServiceError('resource.not_editable', 'The head was never finished.');
  if (!facts.hasState) {
    throw new ServiceError('resource.not_editable', 'The head was made without the state that edits need.');
  }
}
