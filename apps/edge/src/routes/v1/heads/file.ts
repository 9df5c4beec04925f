import type { AppContext } from '../../../http/context.ts';
import { fileResponse } from '../../../http/file-response.ts';
import { pathParameter } from '../../../http/path-parameter.ts';
import { findFile } from '../../../services/heads/find-file.ts';

/** GET and HEAD /v1/heads/{id}/file/{name}?revision={revision_id}; without one, the file of the current revision. */
export async function readFile(c: AppContext): Promise<Response> {
  const file = await findFile(c.get('account'), {
    headId: pathParameter(c, 'id'),
    revisionId: c.req.query('revision') ?? null,
    name: pathParameter(c, 'name'),
  });
  return fileResponse(c.req.raw, file);
}
