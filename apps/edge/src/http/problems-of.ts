import type { ErrorCode } from '@headwright/shared/error-codes';
import type { Route } from './route.ts';

const OF_ACCOUNTS: readonly ErrorCode[] = [
  'auth.missing_key',
  'auth.invalid_key',
  'auth.expired_key',
  'auth.insufficient_scope',
  'auth.ip_not_allowed',
  'input.unsupported_version',
  'limit.rate',
];
const OF_BODIES: readonly ErrorCode[] = [
  'input.invalid_json',
  'input.invalid',
  'input.too_large',
  'input.unsupported_media_type',
];

/** Every code that a route can answer with: those of its contract, and those that all routes of its kind share. */
export function problemsOf({ credential, contract }: Route): ErrorCode[] {
  const codes = new Set<ErrorCode>(contract?.problems);
  const add = (more: readonly ErrorCode[]): void => more.forEach((code) => codes.add(code));
  // A route for everybody is of no kind and names its codes itself.
  if (credential === 'none') return [...codes].toSorted();
  if (credential === 'account') add(OF_ACCOUNTS);
  if (contract?.body !== undefined) add(OF_BODIES);
  if (contract?.query !== undefined) add(['input.invalid']);
  if (contract?.params !== undefined) add(['resource.not_found']);
  add(['internal.error']);
  return [...codes].toSorted();
}
