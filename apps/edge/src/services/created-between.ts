import type { CreatedFilters } from '@headwright/shared/api/page';
import { and, gt, gte, lt, lte, type SQL } from 'drizzle-orm';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';

/** The condition on a column of instants that a list's query states. */
export function createdBetween(column: SQLiteColumn, query: CreatedFilters): SQL | undefined {
  const compare = (operator: typeof gte, bound: string | undefined) =>
    bound === undefined ? undefined : operator(column, Date.parse(bound));
  return and(
    compare(gte, query['created[gte]']),
    compare(gt, query['created[gt]']),
    compare(lte, query['created[lte]']),
    compare(lt, query['created[lt]']),
  );
}
