import { sql } from 'drizzle-orm';

/** Durations are told once there are so many, over the newest of them. */
export const DURATIONS_MIN = 5;

/** How many queued jobs of the same account go before the row at hand, if that is queued; counted up to 1,000. */
const QUEUE_POSITION = sql<
  number | null
>`(case when jobs.status = 'queued' then (select count(*) from (select 1 from jobs as ahead
  where ahead.account_id = jobs.account_id and ahead.status = 'queued' and ahead.id < jobs.id limit 1000)) end)`;

/** What jobs like the row at hand took lately from start to success, milliseconds: the mean of up to twenty; null while there are too few. */
const TYPICAL_MS = sql`(select case when count(*) >= ${sql.raw(`${DURATIONS_MIN}`)} then avg(took) end as typical from (
  select took from (
    select done.finished_at - done.started_at as took, done.lane as of_lane from jobs as done
    where done.mode = jobs.mode and done.preset = jobs.preset and done.kind = jobs.kind and done.status = 'succeeded'
    order by done.finished_at desc limit 200)
  where of_lane = jobs.lane limit 20))`;

/** Ready jobs of the same pool that go first; counted up to 1,000. */
const READY_AHEAD = sql`(select count(*) from (select 1 from jobs as ahead
  where ahead.pool = jobs.pool and ahead.ready_rank is not null
    and (ahead.ready_rank, ahead.id) < (jobs.ready_rank, jobs.id) limit 1000))`;

/** Runners that are at work for the pool. */
const RUNNERS = sql`(select count(distinct held.runner) from jobs as held
  where held.lease_expires_at is not null and held.pool = jobs.pool)`;

/** Open jobs of the account that are before the row at hand, for each one that may run. */
const ROUNDS_OF_ACCOUNT = sql`((select count(*) from (select 1 from jobs as ahead
    where ahead.account_id = jobs.account_id and ahead.finished_at is null and ahead.id < jobs.id limit 1000))
  * 1.0 / (select running_limit from accounts where accounts.id = jobs.account_id))`;

/**
 * Seconds until the queued row at hand is likely to end: the work before it, shared by the runners at work or by the
 * account's own slots, and its own. Null while nobody can say: too few such jobs are known, or others wait and no
 * runner works.
 */
const ETA_SECONDS = sql<
  number | null
>`(case when jobs.status = 'queued' then (select cast(round(typical / 1000.0 * (1 +
  case when jobs.pool is null then ${ROUNDS_OF_ACCOUNT}
    when ${READY_AHEAD} = 0 then 0
    else ${READY_AHEAD} * 1.0 / nullif(${RUNNERS}, 0) end)) as integer)
  from ${TYPICAL_MS} where typical is not null) end)`;

/** What a waiting job may expect. */
export interface Outlook {
  position: number | null;
  etaSeconds: number | null;
}

/** The outlook of the row of `jobs` at hand, as columns of a select. */
export const OUTLOOK = { position: QUEUE_POSITION, etaSeconds: ETA_SECONDS };
