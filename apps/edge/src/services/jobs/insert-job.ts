import type { JobKind } from '@headwright/shared/job-kind';
import { type SQL, sql } from 'drizzle-orm';
import type { Database } from '../../db/client.ts';
import { insertSelect } from '../../db/insert-select.ts';
import { jobs } from '../../db/schema/jobs.ts';
import { pinPurchase } from '../billing/hold-statements.ts';
import type { Purchase } from '../billing/purchase.ts';
import type { AccountActor } from '../context.ts';
import { mayCreate } from '../keys/may-create.ts';
import { type Lane, SCRIPTED_LANE } from './choose-lane.ts';

/** A job that is to be accepted. */
export interface NewJob {
  jobId: string;
  eventId: string;
  headId: string;
  kind: JobKind;
  /** The version of the model, and the seed; may name the head's `heads`. */
  model: string | SQL;
  seed: number | SQL;
  actor: AccountActor;
  /** For whom, in the developer's words. */
  endUser: string | null;
  /** What it costs; the guard says whether the account can pay. */
  purchase: Purchase;
  /** What waits for scripted runners; null for the engine. */
  lane: Lane | null;
  deadlineAt: number;
  createdAt: number;
  /** What must hold; may name the head's `heads` and `accounts`. */
  guard: SQL;
}

/** What scripted runners have made, only they can edit and export. */
const scriptedLane = sql`(select made.lane from jobs as made where made.head_id = heads.id and made.kind = 'head'
  and made.lane = ${SCRIPTED_LANE})`;

/** Inserts a job of an existing head where the guard holds, and the credential still may create. */
export function insertJob(db: Database, job: NewJob) {
  const { actor, headId, createdAt, guard, lane, model, seed } = job;
  return insertSelect(
    db,
    jobs,
    rowOf(job),
    sql`from (select heads.id as head_id, heads.preset as preset, ${model} as model, ${seed} as seed,
          coalesce(${lane}, ${scriptedLane}, ${actor.mode} || ':' || heads.preset || ':' || ${model}) as lane,
          case when (select count(*) from jobs where account_id = accounts.id
            and finished_at is null and pool is not null) < running_limit then 1 end as free
        from heads join accounts on accounts.id = heads.account_id
        where heads.id = ${headId} and accounts.id = ${actor.accountId}
          and ${mayCreate(actor, createdAt)} and ${guard})`,
  );
}

/** A queued job: ready at once if `free` says so, else waiting. */
function rowOf(job: NewJob) {
  const { jobId, eventId, kind, actor, endUser, purchase, headId, createdAt, deadlineAt } = job;
  return {
    id: jobId,
    accountId: actor.accountId,
    headId,
    kind,
    mode: actor.mode,
    preset: sql`preset`,
    model: sql`model`,
    seed: sql`seed`,
    status: 'queued' as const,
    lane: sql`lane`,
    pool: sql`case when free then lane end`,
    readyRank: sql`case when free then ${createdAt} end`,
    promotedAt: sql`case when free then ${createdAt} end`,
    attempt: 0,
    failures: 0,
    tokenHash: null,
    runner: null,
    leaseExpiresAt: null,
    attemptEndsAt: null,
    deadlineAt,
    progress: null,
    progressAt: null,
    previewCount: 0,
    checkpoint: null,
    error: null,
    sequence: 1,
    lastEventId: eventId,
    createdAt,
    startedAt: null,
    finishedAt: null,
    keyId: actor.keyId,
    clientTokenId: actor.clientTokenId,
    endUser,
    isWatched: false,
    ...pinPurchase(purchase),
  };
}
