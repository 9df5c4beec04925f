import { ModelFacts } from '@headwright/shared/runner/protocol';
import { sql } from 'drizzle-orm';
import { check, index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { instantMs, jsonColumn } from '../columns.ts';
import { accounts } from './accounts.ts';
import { heads } from './heads.ts';
import { jobs } from './jobs.ts';

/** One finished, verified file of a revision: of the job that made it, or of one that exported it. A row exists only after its bytes lie under `object_key`. */
export const assets = sqliteTable(
  'assets',
  {
    id: text('id').primaryKey(),
    accountId: text('account_id')
      .notNull()
      .references(() => accounts.id),
    headId: text('head_id')
      .notNull()
      .references(() => heads.id),
    jobId: text('job_id')
      .notNull()
      .references(() => jobs.id),
    name: text('name').notNull(),
    contentType: text('content_type').notNull(),
    bytes: integer('bytes').notNull(),
    sha256: text('sha256').notNull(),
    /** `private`: for runners that edit the head, never in an answer to a customer. */
    visibility: text('visibility', { enum: ['public', 'private'] }).notNull(),
    objectKey: text('object_key').notNull(),
    /** What a file with a surface holds, as the runner has counted. */
    model: jsonColumn('model', ModelFacts),
    createdAt: instantMs('created_at').notNull(),
  },
  (table) => [
    uniqueIndex('assets_job_name').on(table.jobId, table.name),
    index('assets_head').on(table.headId),
    check(
      'assets_visibility',
      sql`visibility = case when name = 'head.state' then 'private' else 'public' end`,
    ),
    check('assets_bytes', sql`bytes >= 1`),
    check('assets_sha256', sql`length(sha256) = 64`),
  ],
);
