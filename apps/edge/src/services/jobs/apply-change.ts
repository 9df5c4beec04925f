import type { BatchItem } from 'drizzle-orm/batch';
import type { Database } from '../../db/client.ts';
import { remembered } from '../../db/remembered.ts';
import type { JobRow } from '../../db/schema/jobs.ts';
import type { Deps } from '../context.ts';
import { fanOutJobEvent } from '../webhooks/fan-out.ts';
import type { changeJob } from './change-job.ts';
import { wakesAt } from './deadline.ts';
import { describeHistory } from './describe-job.ts';
import { type JobWork, selectWork } from './job-work.ts';
import { insertEvent, type promoteOldest, selectHistory } from './statements.ts';

/** The event that records a change. */
export interface NewEvent {
  id: string;
  atMs: number;
}

/** A job after a change, with what it works on. */
export interface Changed {
  job: JobRow;
  work: JobWork;
}

/** What else the batch does: read the history for the job's room, and at a job's end hand on what that sets free. */
type Rest =
  | readonly []
  | readonly [ReturnType<typeof selectHistory>]
  | readonly [
      ReturnType<typeof selectHistory>,
      ReturnType<typeof promoteOldest>,
      ...(readonly BatchItem<'sqlite'>[]),
    ];

const recordChange = remembered(
  (db: Database, { event }: { event: NewEvent }) =>
    [
      insertEvent(db, event.id, event.atMs),
      fanOutJobEvent(db, event.id, event.atMs),
      selectWork(db, event.id),
    ] as const,
);

/** The history of the job that was just changed. */
export const readHistory = remembered(
  (db: Database, { event }: { event: Pick<NewEvent, 'id'> }) => [selectHistory(db, event.id)] as const,
);

/**
 * Changes a job and records it, all or nothing, and then tells whoever waits; null where nothing was changed. The room
 * of a job whose history is not read hears of it only if somebody has ever listened there.
 */
export async function applyChange(
  deps: Deps,
  event: NewEvent,
  change: ReturnType<typeof changeJob>,
  rest: Rest,
): Promise<Changed | null> {
  const { db, doorbell } = deps;
  const [[job], , told, [work], history, promoted] = await db.batch([
    change,
    ...recordChange(db, { event }),
    ...rest,
  ]);
  if (job === undefined) return null;
  if (work === undefined) throw new Error(`applyChange: job ${job.id} has no revision`);
  const ready = job.readyRank === null ? promoted?.[0]?.pool : job.pool;
  await Promise.all([
    history !== undefined || job.isWatched ? tellRoom(deps, job, history) : undefined,
    job.status === 'running' ? doorbell.leaseGiven(job.leaseExpiresAt ?? event.atMs) : undefined,
    ready ? doorbell.poolReady(ready) : undefined,
    ...told.map(({ endpointId }) => doorbell.deliveryDue(endpointId)),
  ]);
  return { job, work };
}

async function tellRoom(
  { db, doorbell }: Deps,
  job: JobRow,
  read: Awaited<ReturnType<typeof selectHistory>> | undefined,
) {
  const history = read ?? (await db.batch(readHistory(db, { event: { id: job.lastEventId } })))[0];
  const change = { history: describeHistory(job, history), wakesAtMs: wakesAt(job) };
  await doorbell.jobChanged(job.id, change);
}
