import { CreateRevisionRequest, type CreateRevisionResponse } from '@headwright/shared/api/revisions';
import type { AppContext } from '../../../../http/context.ts';
import { pathParameter } from '../../../../http/path-parameter.ts';
import { readJson } from '../../../../http/read-json.ts';
import { createRevision } from '../../../../services/revisions/create.ts';

/** POST /v1/heads/{id}/revisions */
export async function postRevision(c: AppContext): Promise<Response> {
  const input = await readJson(c.req.raw, CreateRevisionRequest);
  const headId = pathParameter(c, 'id');
  const created: CreateRevisionResponse = await createRevision(c.get('account'), headId, input);
  return c.json(created, 202, { Location: created.revision.urls.self, 'Retry-After': '2' });
}
