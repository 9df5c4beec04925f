import type { Rendition, RenditionName } from '@headwright/shared/renditions';
import { isTerminal, type JobStatus } from '@headwright/shared/job-state';
import { and, eq, inArray, type SQL, sql } from 'drizzle-orm';
import type { BatchItem } from 'drizzle-orm/batch';
import type { SQLiteUpdateSetSource } from 'drizzle-orm/sqlite-core';
import { type JobRow, jobs } from '../../db/schema/jobs.ts';
import { exports } from '../../db/schema/exports.ts';
import { heads } from '../../db/schema/heads.ts';
import { revisions } from '../../db/schema/revisions.ts';
import type { Database } from '../../db/client.ts';
import type { Deps } from '../context.ts';
import { pinSettlement, settleStatements } from '../billing/settle-statements.ts';
import { wakesAt } from './deadline.ts';
import { fanOutJobEvent } from '../webhooks/fan-out.ts';
import { describeHistory } from './describe-job.ts';
import { insertEvent, justChanged, promoteOldest, selectHistory } from './statements.ts';
import { SOURCES } from './transitions.ts';

/** A wish to change a job's state. */
export interface Transition {
  to: JobStatus;
  /** Which job, and what else must hold; whether its state may lead to `to` is added here. */
  where: SQL | undefined;
  /** Columns that change along with the state. */
  set: Omit<SQLiteUpdateSetSource<typeof jobs>, 'status' | 'sequence' | 'lastEventId'>;
  /** Statements of the same batch; each must write nothing unless the job's newest event is `eventId`. */
  alongside?: (eventId: string) => BatchItem<'sqlite'>[];
}

/** A job after a change, with what it works on. */
export interface Transitioned {
  job: JobRow;
  work: JobWork;
}

/** What is asked of the runner of a job, besides what stands in its own row. */
export interface JobWork {
  /** The revision that is made or exported. */
  prompt: string;
  negativePrompt: string | null;
  seed: number;
  /** Of the head. */
  hasBlendshapes: boolean;
  renditionNames: RenditionName[];
  /** Of an export; null of other jobs. */
  exported: Rendition[] | null;
}

/**
 * Changes a job's state, records the event, and gives a freed slot to the next waiting job: all or nothing,
 * in one batch. Returns the changed job and its work, or null when the guard matched no row and nothing happened.
 *
 * A guard that matches nothing does not abort a batch, so every other statement hangs on the event id that
 * only the first one writes.
 */
export async function transition(deps: Deps, wish: Transition): Promise<Transitioned | null> {
  const { db, doorbell } = deps;
  const eventId = deps.ids.create('evt');
  const nowMs = deps.clock();
  const sources: readonly JobStatus[] = SOURCES[wish.to];
  const account = sql`(select account_id from jobs where ${justChanged(eventId)} and finished_at is not null)`;
  // The files of an ended job's attempts are deleted, its checkpoint among them.
  const dropped = isTerminal(wish.to) ? { checkpoint: null, ...pinSettlement(deps.ids.create('led')) } : {};
  const [[job], , [promoted], history, [work], told] = await db.batch([
    db
      .update(jobs)
      .set({
        ...wish.set,
        ...dropped,
        status: wish.to,
        sequence: sql`${jobs.sequence} + 1`,
        lastEventId: eventId,
      })
      .where(and(wish.where, inArray(jobs.status, sources)))
      .returning(),
    insertEvent(db, eventId, nowMs),
    promoteOldest(db, account, nowMs),
    selectHistory(db, eventId),
    selectWork(db, eventId),
    fanOutJobEvent(db, eventId, nowMs),
    ...settleStatements(db, eventId),
    ...(wish.alongside?.(eventId) ?? []),
  ]);
  if (job === undefined) return null;
  if (work === undefined) throw new Error(`transition: job ${job.id} has no revision`);
  const ready = job.readyRank === null ? promoted?.pool : job.pool;
  await Promise.all([
    doorbell.jobChanged(job.id, {
      history: describeHistory(job, history),
      wakesAtMs: wakesAt(job),
    }),
    ready ? doorbell.poolReady(ready) : undefined,
    ...told.map(({ endpointId }) => doorbell.deliveryDue(endpointId)),
  ]);
  return { job, work };
}

/** The work of the job that was just changed: of its own revision, or of the one that it exports. */
function selectWork(db: Database, eventId: string) {
  return db
    .select({
      prompt: revisions.prompt,
      negativePrompt: revisions.negativePrompt,
      seed: revisions.seed,
      hasBlendshapes: heads.blendshapes,
      renditionNames: sql`${heads.renditions}`.mapWith(heads.renditions).as('rendition_names'),
      exported: exports.renditions,
    })
    .from(jobs)
    .innerJoin(heads, eq(heads.id, jobs.headId))
    .leftJoin(exports, eq(exports.jobId, jobs.id))
    .innerJoin(
      revisions,
      sql`${revisions.id} = coalesce(${exports.revisionId}, (select own.id from revisions as own where own.job_id = ${jobs.id}))`,
    )
    .where(justChanged(eventId));
}
