import { type SQL, sql } from 'drizzle-orm';

/** The job whose files a head shows: that of its newest finished revision; before there is one, that of the first. */
export function currentJobId(headId: string | SQL): SQL<string> {
  return sql`(select revisions.job_id from revisions join jobs on jobs.id = revisions.job_id
    where revisions.head_id = ${headId} order by jobs.status = 'succeeded' desc, revisions.id desc limit 1)`;
}
