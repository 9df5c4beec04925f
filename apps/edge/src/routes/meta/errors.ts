import { ERROR_CODES } from '@headwright/shared/error-codes';
import type { AppContext } from '../../http/context.ts';
import { pathParameter } from '../../http/path-parameter.ts';
import { ServiceError } from '../../services/errors.ts';

/** GET /v1/errors/{code}: what a problem's `type` points to. */
export function readError(c: AppContext): Response {
  const code = pathParameter(c, 'code');
  const entry = Object.entries(ERROR_CODES).find(([name]) => name === code)?.[1];
  if (entry === undefined) throw new ServiceError('resource.not_found', 'There is no such error code.');
  return c.json({ code, ...entry });
}
