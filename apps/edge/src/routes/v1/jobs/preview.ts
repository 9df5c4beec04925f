import type { AppContext } from '../../../http/context.ts';
import { pathParameter } from '../../../http/path-parameter.ts';
import { findPreview } from '../../../services/jobs/find-preview.ts';

/** GET /v1/jobs/{id}/preview */
export async function readPreview(c: AppContext): Promise<Response> {
  const picture = await findPreview(c.get('account'), pathParameter(c, 'id'));
  return c.body(picture, 200, {
    'Content-Type': 'image/png',
    'Cache-Control': 'private, no-cache',
    'X-Content-Type-Options': 'nosniff',
  });
}
