import { sql } from 'drizzle-orm';
import type { Database } from '../../db/client.ts';
import { insertSelect } from '../../db/insert-select.ts';
import { revisions } from '../../db/schema/revisions.ts';
import { holdStatements } from '../billing/hold-statements.ts';
import { type IdempotencyClaim, insertIdempotencyKey } from '../idempotency/claim.ts';
import { currentJobId } from '../revisions/current-job-id.ts';
import { insertJob, type NewJob } from './insert-job.ts';
import { insertEvent, justChanged } from './statements.ts';

/** What a customer asks for, after every check but those of the database. */
export interface Admission extends Omit<NewJob, 'headId' | 'createdAt' | 'seed'> {
  revision: Omit<typeof revisions.$inferSelect, 'jobId' | 'parentId' | 'warnings'>;
  /** The key that stands for this job from here on. */
  idempotency: IdempotencyClaim | null;
}

/** The account at hand may have one job more. */
export const HAS_ROOM = sql`(select count(*) from jobs where account_id = accounts.id and finished_at is null)
  < running_limit + waiting_limit`;

/**
 * The part of a batch that makes a job of an existing head: its row, its revision's and its event's, which are answered.
 * The first carries the guard; each later one selects from what the one before it wrote.
 */
export function admitJob(db: Database, admission: Admission) {
  const { revision, eventId } = admission;
  const ofJob = justChanged(eventId);
  return [
    insertJob(db, {
      ...admission,
      headId: revision.headId,
      createdAt: revision.createdAt,
      seed: revision.seed,
    }).returning(),
    insertSelect(
      db,
      revisions,
      {
        ...revision,
        jobId: sql`jobs.id`,
        parentId: sql`(select id from revisions where job_id = ${currentJobId(revision.headId)})`,
        warnings: [],
        // What moderation said about the head holds for its edits, too.
        labels: sql`(select json_group_array(value) from (select value from json_each(heads.labels)
          union select value from json_each(${sql.param(revision.labels, revisions.labels)})))`,
      },
      sql`from jobs join heads on heads.id = jobs.head_id where ${ofJob}`,
    ).returning(),
    insertEvent(db, eventId, revision.createdAt).returning(),
    ...holdStatements(db, admission.purchase, eventId),
    insertIdempotencyKey(db, admission.idempotency, ofJob),
  ] as const;
}
