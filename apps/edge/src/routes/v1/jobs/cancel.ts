import type { AppContext } from '../../../http/context.ts';
import { pathParameter } from '../../../http/path-parameter.ts';
import { cancelJob } from '../../../services/jobs/cancel.ts';

/** POST /v1/jobs/{id}/cancel */
export async function postCancel(c: AppContext): Promise<Response> {
  return c.json(await cancelJob(c.get('account'), pathParameter(c, 'id')));
}
