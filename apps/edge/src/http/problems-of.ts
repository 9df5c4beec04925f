import type { ErrorCode } from '@headwright/shared/error-codes';
import type { Route } from './route.ts';

/** Every code that a route can answer with: those of its contract, and those that all routes of its kind share. */
export function problemsOf({ method, credential, contract }: Route): ErrorCode[] {
  const codes = new Set<ErrorCode>(contract?.problems);
  if (credential === 'account') {
    for (const code of [
      'auth.missing_key',
      'auth.invalid_key',
      'auth.expired_key',
      'auth.insufficient_scope',
    ] as const) {
      codes.add(code);
    }
  }
  if (contract?.body !== undefined) {
    for (const code of [
      'input.invalid_json',
      'input.invalid',
      'input.too_large',
      'input.unsupported_media_type',
    ] as const) {
      codes.add(code);
    }
  }
  if (contract?.query !== undefined || contract?.headers !== undefined) codes.add('input.invalid');
  if (contract?.params !== undefined && method !== 'PUT') codes.add('resource.not_found');
  if (credential !== 'none') codes.add('internal.error');
  return [...codes].toSorted();
}
