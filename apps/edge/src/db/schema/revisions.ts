import { REVISION_KINDS } from '@headwright/shared/api/revisions';
import { sql } from 'drizzle-orm';
import { check, foreignKey, index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { z } from 'zod';
import { instantMs, jsonColumn } from '../columns.ts';
import { accounts } from './accounts.ts';
import { heads } from './heads.ts';
import { jobs } from './jobs.ts';

const TextList = z.array(z.string());

/**
 * What one job of a head was asked for: the head itself, or an edit. Its files are the assets of its job. The head's
 * current revision is the newest whose job succeeded.
 */
export const revisions = sqliteTable(
  'revisions',
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
      .unique()
      .references(() => jobs.id),
    kind: text('kind', { enum: REVISION_KINDS }).notNull(),
    prompt: text('prompt').notNull(),
    negativePrompt: text('negative_prompt'),
    seed: integer('seed').notNull(),
    /** The revision that this one edits. */
    parentId: text('parent_id'),
    /** Written by the runner when it completes. */
    warnings: jsonColumn('warnings', TextList).notNull(),
    /** Written by moderation when the revision is asked for. */
    labels: jsonColumn('labels', TextList).notNull(),
    createdAt: instantMs('created_at').notNull(),
  },
  (table) => [
    foreignKey({ columns: [table.parentId], foreignColumns: [table.id] }),
    index('revisions_head').on(table.headId, table.id),
    check('revisions_kind', sql`kind in ('head', 'geometry', 'texture', 'restyle')`),
    check('revisions_parent', sql`(parent_id is null) = (kind = 'head')`),
    check('revisions_seed', sql`seed between 0 and 2147483647`),
    check('revisions_json', sql`json_valid(warnings) and json_valid(labels)`),
  ],
);
