import type { AppContext } from '../../../../http/context.ts';
import { pathParameter } from '../../../../http/path-parameter.ts';
import { getRevision } from '../../../../services/revisions/get.ts';

/** GET /v1/heads/{id}/revisions/{revision_id} */
export async function readRevision(c: AppContext): Promise<Response> {
  const revisionId = pathParameter(c, 'revision_id');
  return c.json(await getRevision(c.get('account'), pathParameter(c, 'id'), revisionId));
}
