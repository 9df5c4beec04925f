import type { AppContext } from '../../../http/context.ts';
import { pathParameter } from '../../../http/path-parameter.ts';
import { getHead } from '../../../services/heads/get.ts';

/** GET /v1/heads/{id} */
export async function readHead(c: AppContext): Promise<Response> {
  return c.json(await getHead(c.get('account'), pathParameter(c, 'id')));
}
