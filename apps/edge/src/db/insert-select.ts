import { getTableColumns, is, SQL, sql } from 'drizzle-orm';
import type { SQLiteTable } from 'drizzle-orm/sqlite-core';
import type { Database } from './client.ts';

/**
 * `INSERT … SELECT`: one row for each row of `from`, which carries the guard. Every column is named once, as
 * an expression or as a value that goes through the column's own encoding.
 */
export function insertSelect<T extends SQLiteTable>(
  db: Database,
  table: T,
  values: { [Field in keyof T['$inferInsert']]-?: T['$inferInsert'][Field] | SQL },
  from: SQL,
) {
  const given = new Map<string, unknown>(Object.entries(values));
  const list = Object.entries(getTableColumns(table)).map(([field, column]) => {
    const value = given.get(field);
    return is(value, SQL) ? value : value == null ? sql`null` : sql.param(value, column);
  });
  return db.insert(table).select(sql`select ${sql.join(list, sql`, `)} ${from}`);
}
