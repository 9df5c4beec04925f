import type { Route } from '../../../http/route.ts';
import { createClientTokenContract, postClientToken } from '../client-tokens/create.ts';
import { getClientTokenContract, readClientToken } from '../client-tokens/get.ts';
import { listClientTokensContract, readClientTokens } from '../client-tokens/list.ts';
import { postRevokeClientToken, revokeClientTokenContract } from '../client-tokens/revoke.ts';
import { createKeyContract, postKey } from './create.ts';
import { getKeyContract, readKey } from './get.ts';
import { listKeysContract, readKeys } from './list.ts';
import { postRevokeKey, revokeKeyContract } from './revoke.ts';
import { postRotateKey, rotateKeyContract } from './rotate.ts';
import { patchKey, updateKeyContract } from './update.ts';

const keys = { credential: 'account', scope: 'keys:manage' } as const;
const tokens = { credential: 'account', scope: 'tokens:mint' } as const;

/** API keys, and the client tokens that they mint. */
export const KEY_ROUTES: readonly Route[] = [
  { method: 'GET', path: '/v1/keys', ...keys, handler: readKeys, contract: listKeysContract },
  { method: 'POST', path: '/v1/keys', ...keys, handler: postKey, contract: createKeyContract },
  { method: 'GET', path: '/v1/keys/:id', ...keys, handler: readKey, contract: getKeyContract },
  { method: 'PATCH', path: '/v1/keys/:id', ...keys, handler: patchKey, contract: updateKeyContract },
  {
    method: 'POST',
    path: '/v1/keys/:id/revoke',
    ...keys,
    handler: postRevokeKey,
    contract: revokeKeyContract,
  },
  {
    method: 'POST',
    path: '/v1/keys/:id/rotate',
    ...keys,
    handler: postRotateKey,
    contract: rotateKeyContract,
  },

  {
    method: 'GET',
    path: '/v1/client_tokens',
    ...tokens,
    handler: readClientTokens,
    contract: listClientTokensContract,
  },
  {
    method: 'POST',
    path: '/v1/client_tokens',
    ...tokens,
    handler: postClientToken,
    contract: createClientTokenContract,
  },
  {
    method: 'GET',
    path: '/v1/client_tokens/:id',
    ...tokens,
    handler: readClientToken,
    contract: getClientTokenContract,
  },
  {
    method: 'POST',
    path: '/v1/client_tokens/:id/revoke',
    ...tokens,
    handler: postRevokeClientToken,
    contract: revokeClientTokenContract,
  },
];
