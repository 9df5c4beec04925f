import type { Status } from '@headwright/shared/api/meta';
import { eq, sql } from 'drizzle-orm';
import { jobs } from '../../db/schema/jobs.ts';
import { switches } from '../../db/schema/switches.ts';
import type { Deps } from '../context.ts';

/** A job that has been ready for so long says that there are too few runners. */
const LATE_SECONDS = 900;

/** How the service is, of all accounts; a database that does not answer is told, not thrown. */
export async function readStatus(deps: Pick<Deps, 'db' | 'clock' | 'log'>): Promise<Status> {
  const { db, clock, log } = deps;
  const nowMs = clock();
  const checked = { object: 'status' as const, checked_at: new Date(nowMs).toISOString() };
  try {
    const [[paused], waiting] = await db.batch([
      db.select().from(switches).where(eq(switches.name, 'creates_paused')),
      db
        .select({
          mode: jobs.mode,
          preset: jobs.preset,
          ready: sql<number>`count(ready_rank)`,
          running: sql<number>`count(lease_expires_at)`,
          oldestMs: sql<number | null>`min(case when ready_rank is not null then promoted_at end)`,
        })
        .from(jobs)
        // Pools of the engine, of all models; scripts, and what waits for a slot of its account, have no queue.
        .where(
          sql`finished_at is null and pool = mode || ':' || preset || ':' || model and preset <> 'smoke'`,
        )
        .groupBy(jobs.mode, jobs.preset)
        .orderBy(jobs.mode, jobs.preset),
    ]);
    const queues = waiting.map(({ oldestMs, ...queue }) => {
      const waits = oldestMs === null ? null : Math.max(0, Math.round((nowMs - oldestMs) / 1000));
      return { ...queue, oldest_ready_s: waits };
    });
    const isLate = queues.some(({ oldest_ready_s: waits }) => (waits ?? 0) > LATE_SECONDS);
    return {
      ...checked,
      status: paused !== undefined ? 'paused' : isLate ? 'slow' : 'operational',
      accepts_heads: paused === undefined,
      reason: paused?.reason ?? null,
      queues,
    };
  } catch (error) {
    log.error('status: the database did not answer', {
      error: error instanceof Error ? error.name : 'unknown',
    });
    return { ...checked, status: 'down', accepts_heads: false, reason: null, queues: [] };
  }
}
