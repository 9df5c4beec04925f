import { DrizzleQueryError } from 'drizzle-orm';

/**
 * What went wrong, for the log: an error's stack and its cause. A query that failed is told without its values, which
 * may be a customer's words or the hash of a secret.
 */
export function tellError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { message, stack = message, cause } = error;
  const isQuery = error instanceof DrizzleQueryError;
  const told = isQuery ? stack.replace(message, () => `Failed query: ${error.query}`) : stack;
  return cause === undefined ? told : `${told}\ncaused by ${tellError(cause)}`;
}
