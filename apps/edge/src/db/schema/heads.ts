import { RenditionName } from '@headwright/shared/renditions';
import { sql } from 'drizzle-orm';
import { check, index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { z } from 'zod';
import { instantMs, jsonColumn } from '../columns.ts';
import { accounts } from './accounts.ts';

const TextList = z.array(z.string());
const RenditionNames = z.array(RenditionName);
const Metadata = z.record(z.string(), z.string());

/** What was asked for. Its files are rows of `assets`. A deleted head stays as a tombstone without words. */
export const heads = sqliteTable(
  'heads',
  {
    id: text('id').primaryKey(),
    accountId: text('account_id')
      .notNull()
      .references(() => accounts.id),
    /** The developer's own name for it. */
    name: text('name'),
    /** The developer's own words, of which we read none. */
    metadata: jsonColumn('metadata', Metadata).notNull().default({}),
    prompt: text('prompt').notNull(),
    negativePrompt: text('negative_prompt'),
    seed: integer('seed').notNull(),
    preset: text('preset').notNull(),
    /** Written by the runner when it completes. */
    warnings: jsonColumn('warnings', TextList).notNull(),
    /** Written by moderation when the head is created. */
    labels: jsonColumn('labels', TextList).notNull(),
    /** Whether its files carry expressions, and which files are made with it and with each edit. */
    blendshapes: integer('blendshapes', { mode: 'boolean' }).notNull().default(false),
    renditions: jsonColumn('renditions', RenditionNames).notNull().default([]),
    createdAt: instantMs('created_at').notNull(),
    /** Mode of the key that asked; keys of the other mode never see this head. */
    mode: text('mode', { enum: ['test', 'live'] })
      .notNull()
      .default('live'),
    /** For whom the developer asked, in the developer's own words. */
    endUser: text('end_user'),
    /** When it is deleted by itself, as the account's plan was when it was accepted; null is never. */
    expiresAt: instantMs('expires_at'),
    deletedAt: instantMs('deleted_at'),
    /** When the last file of a deleted head was surely gone: no runner could have been at work on it any more. */
    purgedAt: instantMs('purged_at'),
  },
  (table) => [
    index('heads_account').on(table.accountId, table.id),
    index('heads_list').on(table.accountId, table.mode, table.id),
    index('heads_expiring').on(table.expiresAt).where(sql`expires_at is not null and deleted_at is null`),
    index('heads_unpurged').on(table.deletedAt).where(sql`deleted_at is not null and purged_at is null`),
    check('heads_seed', sql`seed between 0 and 2147483647`),
    check('heads_json', sql`json_valid(warnings) and json_valid(labels)`),
  ],
);
