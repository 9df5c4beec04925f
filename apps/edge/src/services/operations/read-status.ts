import type { Status } from '@headwright/shared/api/meta';
import { eq, isNull, sql } from 'drizzle-orm';
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
    const [[paused], pools] = await db.batch([
      db.select().from(switches).where(eq(switches.name, 'creates_paused')),
      db
        .select({
          pool: sql<string>`pool`,
          ready: sql<number>`count(ready_rank)`,
          running: sql<number>`count(lease_expires_at)`,
          oldestMs: sql<number | null>`min(case when ready_rank is not null then promoted_at end)`,
        })
        .from(jobs)
        .where(isNull(jobs.finishedAt))
        .groupBy(jobs.pool)
        .orderBy(jobs.pool),
    ]);
    const queues = pools.flatMap(({ pool, ready, running, oldestMs }) => {
      // Pools of the engine are `{mode}:{preset}`; scripts, and what waits for a slot of its account, have no queue.
      const match = /^(test|live):(draft|standard)$/.exec(pool ?? '');
      if (match === null) return [];
      const waits = oldestMs === null ? null : Math.max(0, Math.round((nowMs - oldestMs) / 1000));
      return [{ mode: match[1] ?? '', preset: match[2] ?? '', ready, running, oldest_ready_s: waits }];
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
