import { type SQL, sql } from 'drizzle-orm';

/**
 * The `jobs` at hand has made files of these names of a finished revision, or is about to: as an export, or as the job of
 * the revision itself. A name says what is in a file, so whoever asks again need not pay again.
 */
export function makesFiles(revision: { id: string; jobId: string }, names: readonly string[]): SQL {
  const missing = (made: SQL) =>
    sql`exists (select 1 from json_each(${JSON.stringify(names)}) as wanted where wanted.value not in (${made}))`;
  const promised = sql`select file.value ->> 'name' from exports as promise, json_each(promise.renditions) as file
    where promise.job_id = jobs.id`;
  const published = sql`select name from assets where assets.job_id = jobs.id`;
  return sql`jobs.id in (select job_id from exports where revision_id = ${revision.id} union all select ${revision.jobId})
    and case when jobs.status = 'succeeded' then not ${missing(published)}
      else jobs.status in ('queued', 'running') and not ${missing(promised)} end`;
}
