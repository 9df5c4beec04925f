import type { Route } from '../../../http/route.ts';
import { getLinkedFileContract, readLinkedFile } from '../../files/get.ts';
import { getAssetContentContract, redirectToContent } from './content.ts';
import { getAssetContract, readAsset } from './get.ts';

const assets = { credential: 'account', scope: 'assets:read', forApps: true } as const;

/** Finished files by their own ids, and by signed links. */
export const ASSET_ROUTES: readonly Route[] = [
  { method: 'GET', path: '/v1/assets/:id', ...assets, handler: readAsset, contract: getAssetContract },
  {
    method: 'GET',
    path: '/v1/assets/:id/content',
    ...assets,
    handler: redirectToContent,
    contract: getAssetContentContract,
  },
  {
    method: 'GET',
    path: '/files/:id/:sha256/:name{.+}',
    credential: 'none',
    handler: readLinkedFile,
    contract: getLinkedFileContract,
  },
];
