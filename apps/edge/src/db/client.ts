import { type DrizzleD1Database, drizzle } from 'drizzle-orm/d1';

export type Database = DrizzleD1Database & { $client: D1Database };

/** Drizzle over a D1 binding. */
export function openDatabase(binding: D1Database): Database {
  return drizzle(binding);
}
