import type { Problem } from '@headwright/shared/api/problem';
import { ERROR_CODES, type ErrorCode } from '@headwright/shared/error-codes';

/**
 * The problem document of an error code, without the members that belong to one request.
 *
 * References: RFC 9457.
 */
export function problemOf(code: ErrorCode, detail: string): Problem {
  const { status, title, retryable } = ERROR_CODES[code];
  return { type: `/v1/errors/${code}`, title, status, detail, code, retryable };
}
