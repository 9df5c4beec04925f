import { FailRequest, type FinishResponse } from '@headwright/shared/runner/protocol';
import { attemptToken } from '../../http/attempt-token.ts';
import type { AppContext } from '../../http/context.ts';
import { pathParameter } from '../../http/path-parameter.ts';
import { readJson } from '../../http/read-json.ts';
import { failJob } from '../../services/jobs/fail.ts';

/** POST /runner/v1/jobs/{id}/fail */
export async function postFail(c: AppContext): Promise<Response> {
  const token = await attemptToken(c);
  const request = await readJson(c.req.raw, FailRequest);
  const status = await failJob(c.get('runner'), pathParameter(c, 'id'), token, request);
  return c.json({ status } satisfies FinishResponse);
}
