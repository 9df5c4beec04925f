import { AssetId } from '@headwright/shared/ids';
import { z } from 'zod';
import type { AppContext } from '../../../http/context.ts';
import type { Contract } from '../../../http/contract.ts';
import { pathParameter } from '../../../http/path-parameter.ts';
import { getAsset } from '../../../services/assets/get.ts';

export const getAssetContentContract: Contract = {
  operation: 'getAssetContent',
  tag: 'Assets',
  summary: 'Go to an asset’s bytes',
  params: z.object({ id: AssetId }),
  responses: {
    302: {
      description: 'On to a fresh signed link.',
      headers: { Location: 'The signed link.' },
    },
  },
};

/** GET /v1/assets/{id}/content */
export async function redirectToContent(c: AppContext): Promise<Response> {
  const { url } = await getAsset(c.get('account'), pathParameter(c, 'id'));
  return c.body(null, 302, { Location: url, 'Cache-Control': 'private, no-store' });
}
