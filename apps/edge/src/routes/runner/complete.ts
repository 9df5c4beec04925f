import { CompleteRequest, type FinishResponse } from '@headwright/shared/runner/protocol';
import { attemptToken } from '../../http/attempt-token.ts';
import type { AppContext } from '../../http/context.ts';
import { pathParameter } from '../../http/path-parameter.ts';
import { readJson } from '../../http/read-json.ts';
import { completeJob } from '../../services/jobs/complete.ts';

/** POST /runner/v1/jobs/{id}/complete */
export async function postComplete(c: AppContext): Promise<Response> {
  const token = await attemptToken(c);
  const request = await readJson(c.req.raw, CompleteRequest);
  const status = await completeJob(c.get('runner'), pathParameter(c, 'id'), token, request);
  return c.json({ status } satisfies FinishResponse);
}
