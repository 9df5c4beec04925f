import { ERROR_CODES } from '@headwright/shared/error-codes';
import type { AppContext } from '../../http/context.ts';
import { pathParameter } from '../../http/path-parameter.ts';
import { ServiceError } from '../../services/errors.ts';
import type { Contract } from '../../http/contract.ts';
import { z } from 'zod';
import { ErrorMeaning } from '@headwright/shared/api/meta';

export const getErrorContract: Contract = {
  operation: 'getError',
  tag: 'Meta',
  summary: 'What an error code means',
  description: 'A problem’s `type` leads here.',
  params: z.object({ code: z.string() }),
  responses: { 200: { description: 'Its meaning.', schema: ErrorMeaning } },
  problems: ['resource.not_found'],
};

/** GET /v1/errors/{code}: what a problem's `type` points to. */
export function readError(c: AppContext): Response {
  const code = pathParameter(c, 'code');
  const entry = Object.entries(ERROR_CODES).find(([name]) => name === code)?.[1];
  if (entry === undefined) throw new ServiceError('resource.not_found', 'There is no such error code.');
  return c.json({ code, ...entry });
}
