import { HeartbeatRequest, type HeartbeatResponse } from '@headwright/shared/runner/protocol';
import { attemptToken } from '../../http/attempt-token.ts';
import type { AppContext } from '../../http/context.ts';
import { pathParameter } from '../../http/path-parameter.ts';
import { readJson } from '../../http/read-json.ts';
import { heartbeat } from '../../services/jobs/heartbeat.ts';

/** POST /runner/v1/jobs/{id}/heartbeat */
export async function postHeartbeat(c: AppContext): Promise<Response> {
  const token = await attemptToken(c);
  const request = await readJson(c.req.raw, HeartbeatRequest);
  const verdict = await heartbeat(c.get('runner'), pathParameter(c, 'id'), token, request);
  return c.json({ verdict } satisfies HeartbeatResponse);
}
