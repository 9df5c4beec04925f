import { Asset } from '@headwright/shared/api/assets';
import { AssetId } from '@headwright/shared/ids';
import { z } from 'zod';
import type { AppContext } from '../../../http/context.ts';
import type { Contract } from '../../../http/contract.ts';
import { pathParameter } from '../../../http/path-parameter.ts';
import { getAsset } from '../../../services/assets/get.ts';

export const getAssetContract: Contract = {
  operation: 'getAsset',
  tag: 'Assets',
  summary: 'Read an asset',
  description:
    'What a file is, and a fresh signed link to its bytes that lasts an hour and needs no key: give it to a phone or a viewer.',
  params: z.object({ id: AssetId }),
  responses: { 200: { description: 'The file’s facts and its link.', schema: Asset } },
};

/** GET /v1/assets/{id} */
export async function readAsset(c: AppContext): Promise<Response> {
  const asset: Asset = await getAsset(c.get('account'), pathParameter(c, 'id'));
  return c.json(asset, 200, { 'Cache-Control': 'private, no-store' });
}
