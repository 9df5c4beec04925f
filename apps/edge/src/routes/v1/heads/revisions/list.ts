import { RevisionListQuery } from '@headwright/shared/api/revisions';
import type { AppContext } from '../../../../http/context.ts';
import { pathParameter } from '../../../../http/path-parameter.ts';
import { parseInput } from '../../../../http/read-json.ts';
import { listRevisions } from '../../../../services/revisions/list.ts';

/** GET /v1/heads/{id}/revisions */
export async function readRevisions(c: AppContext): Promise<Response> {
  const query = parseInput(RevisionListQuery, c.req.query());
  return c.json(await listRevisions(c.get('account'), pathParameter(c, 'id'), query));
}
