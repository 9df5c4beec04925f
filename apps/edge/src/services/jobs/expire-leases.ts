import { and, asc, isNotNull, lte, min } from 'drizzle-orm';
import { jobs } from '../../db/schema/jobs.ts';
import type { Deps } from '../context.ts';
import { forEach } from '../for-each.ts';
import { expireLease } from './expire-lease.ts';

const BATCH = 100;

/** Ends the attempts of runners that have gone silent. Returns when the next lease ends, null when none is running. */
export async function expireLeases(deps: Deps): Promise<number | null> {
  const { db, clock } = deps;
  const expired = await db
    .select({ id: jobs.id })
    .from(jobs)
    .where(and(isNotNull(jobs.leaseExpiresAt), lte(jobs.leaseExpiresAt, clock())))
    .orderBy(asc(jobs.leaseExpiresAt))
    .limit(BATCH);
  await forEach(deps, 'a lease was not ended', expired, ({ id }) => expireLease(deps, id));
  const [next] = await db
    .select({ atMs: min(jobs.leaseExpiresAt) })
    .from(jobs)
    .where(isNotNull(jobs.leaseExpiresAt));
  return next?.atMs ?? null;
}
