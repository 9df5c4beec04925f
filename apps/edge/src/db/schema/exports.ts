import { Rendition } from '@headwright/shared/renditions';
import { sql } from 'drizzle-orm';
import { check, index, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { z } from 'zod';
import { jsonColumn } from '../columns.ts';
import { jobs } from './jobs.ts';
import { revisions } from './revisions.ts';

const RenditionList = z.array(Rendition);

/** What an export job makes of which finished revision. Its files are the assets of its job. */
export const exports = sqliteTable(
  'exports',
  {
    jobId: text('job_id')
      .primaryKey()
      .references(() => jobs.id),
    revisionId: text('revision_id')
      .notNull()
      .references(() => revisions.id),
    renditions: jsonColumn('renditions', RenditionList).notNull(),
  },
  (table) => [
    index('exports_revision').on(table.revisionId),
    check('exports_renditions', sql`json_array_length(renditions) >= 1`),
  ],
);
