import type { Backlog } from '@headwright/shared/runner/backlog';
import type { AppContext } from '../../http/context.ts';
import { readBacklog } from '../../services/jobs/read-backlog.ts';

/** GET /runner/v1/backlog */
export async function getBacklog(c: AppContext): Promise<Response> {
  return c.json((await readBacklog(c.get('runner'))) satisfies Backlog);
}
