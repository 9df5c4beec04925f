import { attemptToken } from '../../http/attempt-token.ts';
import type { AppContext } from '../../http/context.ts';
import { pathParameter } from '../../http/path-parameter.ts';
import { privateFileResponse } from '../../http/private-file-response.ts';
import { readBaseState } from '../../services/jobs/read-base.ts';

/** GET /runner/v1/jobs/{id}/base */
export async function readBase(c: AppContext): Promise<Response> {
  const token = await attemptToken(c);
  return privateFileResponse(await readBaseState(c.get('runner'), pathParameter(c, 'id'), token));
}
