import { ATTEMPT_TOKEN_HEADER } from '@headwright/shared/runner/protocol';
import { ServiceError } from '../services/errors.ts';
import { hashSecret } from '../services/keys/format.ts';
import type { AppContext } from './context.ts';

/** The hash of the fencing token that every write about a job carries. */
export async function attemptToken(c: AppContext): Promise<string> {
  const token = c.req.header(ATTEMPT_TOKEN_HEADER);
  if (!token) throw new ServiceError('input.invalid', `The header ${ATTEMPT_TOKEN_HEADER} is required.`);
  return hashSecret(token);
}
