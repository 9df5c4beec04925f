import type { CreateHeadRequest, CreateHeadResponse } from '@headwright/shared/api/heads';
import type { Preset } from '@headwright/shared/presets';
import { sql } from 'drizzle-orm';
import type { Database } from '../../db/client.ts';
import { insertSelect } from '../../db/insert-select.ts';
import { remembered } from '../../db/remembered.ts';
import { heads } from '../../db/schema/heads.ts';
import type { AccountActor, AccountContext } from '../context.ts';
import { ServiceError } from '../errors.ts';
import { canPay } from '../billing/can-pay.ts';
import { preparePurchase, type Purchase } from '../billing/purchase.ts';
import type { IdempotencyClaim } from '../idempotency/claim.ts';
import { type Admission, admitJob, HAS_ROOM } from '../jobs/admit-job.ts';
import { announceJob } from '../jobs/announce-job.ts';
import { CREATES_OPEN } from '../operations/assert-creates-open.ts';
import { chooseLane } from '../jobs/choose-lane.ts';
import { deadlineOf } from '../jobs/deadline.ts';
import { describeJob, outlookThen } from '../jobs/describe-job.ts';
import { explainNoJob } from '../jobs/explain-no-job.ts';
import { chooseEndUser } from '../keys/choose-end-user.ts';
import { mayCreate } from '../keys/may-create.ts';
import { resolveModel } from '../models/resolve-model.ts';
import { withinAbuseLimit } from '../moderation/abuse-limit.ts';
import { assertMayOrder } from '../keys/rendition-reach.ts';
import { moderatePrompt } from '../moderation/moderate-prompt.ts';
import { describeHead } from './describe-head.ts';
import { expiryOf, headEndsAtMs } from './head-life.ts';

/** All that a create writes. */
interface NewHead {
  head: Omit<typeof heads.$inferSelect, 'expiresAt'>;
  life: { endsAtMs: number | null };
  job: Pick<Admission, 'jobId' | 'eventId' | 'model' | 'endUser' | 'lane' | 'deadlineAt'>;
  revision: Omit<Admission['revision'], 'kind'>;
  purchase: Purchase;
  actor: AccountActor;
  claim: IdempotencyClaim | { scope: null };
}

/** A head, its first revision and its job, unless something speaks against it. */
const insertHead = remembered((db: Database, values: NewHead) => {
  const { head, life, job, revision, purchase, actor, claim } = values;
  const { accountId, mode, endUser, createdAt } = head;
  const guard = sql`${CREATES_OPEN} and ${HAS_ROOM} and ${mayCreate(actor, createdAt)} and ${canPay(purchase)}
    and ${withinAbuseLimit({ accountId, mode, endUser }, createdAt)}`;
  const expiresAt = expiryOf(head, life.endsAtMs);
  const from = sql`from accounts where id = ${accountId} and ${guard}`;
  return [
    insertSelect(db, heads, { ...head, expiresAt }, from).returning(),
    ...admitJob(db, {
      ...job,
      kind: 'head',
      actor,
      purchase,
      idempotency: claim.scope === null ? null : claim,
      revision: { ...revision, kind: 'head' },
      guard: sql`true`,
    }),
  ] as const;
});

/** Accepts a head, its first revision and its job, or none of them. */
export async function createHead(
  ctx: AccountContext,
  input: CreateHeadRequest,
  idempotency: IdempotencyClaim | null,
): Promise<CreateHeadResponse> {
  const { db, clock, ids } = ctx.deps;
  const preset = allowedPreset(ctx, input);
  const model = resolveModel(ctx.deps, input.model);
  assertMayOrder(ctx.actor, input.renditions ?? []);
  const negativePrompt = input.negative_prompt || null;
  const endUser = chooseEndUser(ctx.actor, input.end_user);
  const { lane, labels } = await moderatePrompt(ctx, endUser, () => ({
    lane: chooseLane(ctx.actor, input.prompt),
    labels: ctx.deps.checkPrompt(input.prompt, negativePrompt).labels,
  }));
  const asked = {
    accountId: ctx.actor.accountId,
    prompt: input.prompt,
    negativePrompt,
    seed: input.seed ?? ids.seed(),
    labels,
    createdAt: clock(),
  };
  const { mode } = ctx.actor;
  const asker = { accountId: asked.accountId, mode, endUser };
  const head = { ...asked, id: ids.create('head'), preset, warnings: [], mode, endUser, ...own(input) };
  const purchase = preparePurchase(ctx, 'head', { preset }, input.max_cost);
  const [[made], [job], [revision], history] = await db.batch(
    insertHead(db, {
      head,
      life: { endsAtMs: headEndsAtMs(ctx.actor, head.createdAt) },
      job: {
        jobId: ids.create('job'),
        eventId: ids.create('evt'),
        model,
        endUser,
        lane: lane.lane,
        deadlineAt: deadlineOf(asked.createdAt, input.deadline_s, lane),
      },
      revision: { ...asked, id: ids.create('rev'), headId: head.id },
      purchase,
      actor: ctx.actor,
      claim: idempotency ?? { scope: null },
    }),
  );
  if (made === undefined || job === undefined || revision === undefined) {
    return explainNoJob(ctx, asker, head.createdAt, purchase);
  }
  await announceJob(ctx.deps, job, history);
  return { head: describeHead(made, revision, job, []), job: describeJob(job, outlookThen(history[0])) };
}

/** What the developer says of a head, besides what shall be made. */
function own(input: CreateHeadRequest) {
  return {
    name: input.name ?? null,
    metadata: input.metadata ?? {},
    blendshapes: input.features?.blendshapes ?? false,
    renditions: input.renditions ?? [],
    deletedAt: null,
    purgedAt: null,
  };
}

function allowedPreset(ctx: AccountContext, input: CreateHeadRequest): Preset {
  const preset = input.preset ?? 'standard';
  if (preset !== 'smoke' || ctx.deps.config.allowSmokePreset) return preset;
  throw new ServiceError('input.invalid', 'The preset smoke exists for tests only.', {
    errors: [{ pointer: '/preset', code: 'invalid_value', detail: 'expected one of draft, standard' }],
  });
}
