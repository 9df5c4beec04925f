import { ARRANGEMENTS } from '@headwright/shared/ledger-kind';
import { sql } from 'drizzle-orm';
import { check, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { accounts } from './accounts.ts';

/**
 * What an account may spend in one mode. The sums are the ledger's, kept by a trigger; without a row an account
 * is prepaid and has nothing. Terms are written by an operator, the cap by the account.
 */
export const wallets = sqliteTable(
  'wallets',
  {
    accountId: text('account_id')
      .notNull()
      .references(() => accounts.id),
    mode: text('mode', { enum: ['test', 'live'] }).notNull(),
    arrangement: text('arrangement', { enum: ARRANGEMENTS }).notNull().default('prepaid'),
    /** Credit bought and not used; holds are part of it. Below zero after a refund or dispute of used credit. */
    balanceMinor: integer('balance_minor').notNull().default(0),
    /** Of the balance, what open jobs will cost. */
    heldMinor: integer('held_minor').notNull().default(0),
    /** The operator's limit on what an invoiced account may commit in a month; null when prepaid. */
    creditLimitMinor: integer('credit_limit_minor'),
    /** The account's own hard cap for a month; null when it has set none. */
    monthlyCapMinor: integer('monthly_cap_minor'),
    /** The payment provider's customer, once there is one. */
    customerId: text('customer_id'),
  },
  (table) => [
    primaryKey({ columns: [table.accountId, table.mode] }),
    check('wallets_mode', sql`mode in ('test', 'live')`),
    check('wallets_arrangement', sql`arrangement in ('prepaid', 'invoiced')`),
    check('wallets_held', sql`held_minor >= 0`),
    check('wallets_credit_limit', sql`(arrangement = 'invoiced') = (credit_limit_minor is not null)`),
    check('wallets_cap', sql`monthly_cap_minor is null or monthly_cap_minor >= 0`),
  ],
);
