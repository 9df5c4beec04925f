import { PREVIEW_MAX_BYTES } from '@headwright/shared/limits';
import { attemptToken } from '../../http/attempt-token.ts';
import type { AppContext } from '../../http/context.ts';
import { pathParameter } from '../../http/path-parameter.ts';
import { readBody } from '../../http/read-body.ts';
import { savePreview } from '../../services/jobs/save-preview.ts';

/** PUT /runner/v1/jobs/{id}/preview */
export async function putPreview(c: AppContext): Promise<Response> {
  const token = await attemptToken(c);
  const png = await readBody(c.req.raw, PREVIEW_MAX_BYTES);
  await savePreview(c.get('runner'), pathParameter(c, 'id'), token, png);
  return c.body(null, 204);
}
