import type { Deps } from './context.ts';
import { tellError } from './tell-error.ts';

/**
 * Does something for each of the rows that a sweep has found, one after the other. One that fails is told to the log and
 * keeps nothing else back: the next sweep tries it again.
 */
export async function forEach<T extends { id: string }>(
  { log }: Pick<Deps, 'log'>,
  message: string,
  rows: readonly T[],
  act: (row: T) => Promise<unknown>,
): Promise<void> {
  for (const row of rows) {
    try {
      await act(row);
    } catch (error) {
      log.error(message, { id: row.id, error: tellError(error) });
    }
  }
}
