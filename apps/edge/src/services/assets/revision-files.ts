import { sql, type SQL } from 'drizzle-orm';

/** The files of the revision that a job has made, its exports among them: a condition on `assets`. */
export function filesOfRevisionOf(jobId: SQL | string): SQL {
  return sql`(assets.job_id = ${jobId} or assets.job_id in (select exported.job_id from exports as exported
    join revisions as made on made.id = exported.revision_id where made.job_id = ${jobId}))`;
}
