import type { Backlog } from '@headwright/shared/runner/backlog';
import { and, isNotNull, isNull, type SQL, sql } from 'drizzle-orm';
import { jobs } from '../../db/schema/jobs.ts';
import type { RunnerContext } from '../context.ts';

/** How much work there is, for the modes of this runner's key. */
export async function readBacklog({ actor, deps }: RunnerContext): Promise<Backlog> {
  const { db, clock } = deps;
  const nowMs = clock();
  const ofMode: SQL | undefined = actor.mode === 'any' ? undefined : sql`mode = ${actor.mode}`;
  const isOpen = and(isNull(jobs.finishedAt), ofMode);
  const pools = await db
    .select({
      pool: sql<string>`pool`,
      ready: sql<number>`count(ready_rank)`,
      running: sql<number>`count(lease_expires_at)`,
      oldestMs: sql<number | null>`min(case when ready_rank is not null then promoted_at end)`,
    })
    .from(jobs)
    .where(and(isOpen, isNotNull(jobs.pool)))
    .groupBy(jobs.pool)
    .orderBy(jobs.pool);
  const waiting = await db.$count(jobs, and(isOpen, isNull(jobs.pool)));
  return {
    pools: pools.map(({ pool, ready, running, oldestMs }) => ({
      pool,
      ready,
      running,
      oldest_ready_s: oldestMs === null ? null : Math.max(0, nowMs - oldestMs) / 1000,
    })),
    waiting,
  };
}
