import type { AppContext } from '../../../http/context.ts';
import { pathParameter } from '../../../http/path-parameter.ts';
import { getJob } from '../../../services/jobs/get.ts';

/** GET /v1/jobs/{id} */
export async function readJob(c: AppContext): Promise<Response> {
  const job = await getJob(c.get('account'), pathParameter(c, 'id'));
  return c.json(job, 200, job.terminal ? {} : { 'Retry-After': '2' });
}
