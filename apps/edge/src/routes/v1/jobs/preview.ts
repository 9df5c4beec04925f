import type { AppContext } from '../../../http/context.ts';
import { pathParameter } from '../../../http/path-parameter.ts';
import { findPreview } from '../../../services/jobs/find-preview.ts';
import type { Contract } from '../../../http/contract.ts';
import { z } from 'zod';
import { JobId } from '@headwright/shared/ids';

export const getPreviewContract: Contract = {
  operation: 'getPreview',
  tag: 'Jobs',
  summary: 'See a head in the making',
  params: z.object({ id: JobId }),
  responses: { 200: { description: 'The newest picture.', contentType: 'image/png' } },
  problems: ['resource.not_ready'],
};

/** GET /v1/jobs/{id}/preview */
export async function readPreview(c: AppContext): Promise<Response> {
  const picture = await findPreview(c.get('account'), pathParameter(c, 'id'));
  return c.body(picture, 200, {
    'Content-Type': 'image/png',
    'Cache-Control': 'private, no-cache',
    'X-Content-Type-Options': 'nosniff',
  });
}
