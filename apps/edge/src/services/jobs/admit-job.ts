import type { JobKind } from '@headwright/shared/job-kind';
import { type SQL, sql } from 'drizzle-orm';
import type { Database } from '../../db/client.ts';
import { insertSelect } from '../../db/insert-select.ts';
import { jobs } from '../../db/schema/jobs.ts';
import { revisions } from '../../db/schema/revisions.ts';
import type { AccountActor } from '../context.ts';
import { ServiceError } from '../errors.ts';
import { holdStatements, pinPurchase } from '../billing/hold-statements.ts';
import type { Purchase } from '../billing/purchase.ts';
import { mayCreate } from '../keys/may-create.ts';
import { type IdempotencyClaim, insertIdempotencyKey } from '../idempotency/claim.ts';
import { QUEUE_FULL_RETRY_SECONDS } from '../quotas/plans.ts';
import { currentJobId } from '../revisions/current-job-id.ts';
import { type Lane, SCRIPTED_LANE } from './choose-lane.ts';
import { insertEvent, justChanged, selectHistory } from './statements.ts';

/** What a customer asks for, after every check but those of the database. */
export interface Admission {
  jobId: string;
  eventId: string;
  kind: JobKind;
  actor: AccountActor;
  /** For whom, in the developer's words. */
  endUser: string | null;
  revision: Omit<typeof revisions.$inferSelect, 'jobId' | 'parentId' | 'warnings'>;
  /** What it costs; the guard says whether the account can pay. */
  purchase: Purchase;
  /** What waits for scripted runners; null for the engine. */
  lane: Lane | null;
  deadlineAt: number;
  /** The key that stands for this job from here on. */
  idempotency: IdempotencyClaim | null;
  /** What must hold; may name the head's `heads` and `accounts`. */
  guard: SQL;
}

/** The account at hand may have one job more. */
export const HAS_ROOM = sql`(select count(*) from jobs where account_id = accounts.id and finished_at is null)
  < running_limit + waiting_limit`;

/** What scripted runners have made, only they can edit. */
const scriptedLane = sql`(select made.lane from jobs as made where made.head_id = heads.id and made.kind = 'head'
  and made.lane = ${SCRIPTED_LANE})`;

/**
 * The part of a batch that makes a job of an existing head: its row, its revision's, its event's, and reading them
 * back. The first carries the guard; each later one selects from what the one before it wrote.
 */
export function admitJob(db: Database, admission: Admission) {
  const { revision, eventId, guard } = admission;
  const ofJob = justChanged(eventId);
  return [
    insertSelect(
      db,
      jobs,
      newJob(admission),
      sql`from (select heads.id as head_id, heads.preset as preset,
            coalesce(${admission.lane}, ${scriptedLane}, ${`${admission.actor.mode}:`} || heads.preset) as lane,
            case when (select count(*) from jobs where account_id = accounts.id
              and finished_at is null and pool is not null) < running_limit then 1 end as free
          from heads join accounts on accounts.id = heads.account_id
          where heads.id = ${revision.headId} and accounts.id = ${revision.accountId}
            and ${mayCreate(admission.actor, revision.createdAt)} and ${guard})`,
    ),
    insertSelect(
      db,
      revisions,
      {
        ...revision,
        jobId: sql`jobs.id`,
        parentId: sql`(select id from revisions where job_id = ${currentJobId(revision.headId)})`,
        warnings: [],
        // What moderation said about the head holds for its edits, too.
        labels: sql`(select json_group_array(value) from (select value from json_each(heads.labels)
          union select value from json_each(${JSON.stringify(revision.labels)})))`,
      },
      sql`from jobs join heads on heads.id = jobs.head_id where ${ofJob}`,
    ),
    insertEvent(db, eventId, revision.createdAt),
    db.select().from(jobs).where(ofJob),
    db.select().from(revisions).where(sql`job_id = (select id from jobs where ${ofJob})`),
    selectHistory(db, eventId),
    ...holdStatements(db, admission.purchase, eventId),
    insertIdempotencyKey(db, admission.idempotency, ofJob),
  ] as const;
}

/** The refusal of a customer whose slots are all taken. */
export function queueFull(): ServiceError {
  const detail = 'As many heads as this account allows are running and waiting.';
  return new ServiceError('limit.queue_full', detail, { retryAfterSeconds: QUEUE_FULL_RETRY_SECONDS });
}

/** A queued job: ready at once if `free` says so, else waiting. */
function newJob(admission: Admission) {
  const { jobId, eventId, kind, actor, endUser, purchase, revision, deadlineAt } = admission;
  const { accountId, headId, createdAt } = revision;
  return {
    id: jobId,
    accountId,
    headId,
    kind,
    mode: actor.mode,
    preset: sql`preset`,
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
    ...pinPurchase(purchase),
  };
}
