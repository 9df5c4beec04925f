import { ApiKeyWithSecret, CreateKeyRequest } from '@headwright/shared/api/keys';
import type { AppContext } from '../../../http/context.ts';
import type { Contract } from '../../../http/contract.ts';
import { createdResponse, createdWithSecret } from '../../../http/created-response.ts';
import { readJson } from '../../../http/read-json.ts';
import { createApiKey } from '../../../services/keys/create.ts';

export const createKeyContract: Contract = {
  operation: 'createKey',
  tag: 'Keys',
  summary: 'Make an API key',
  description:
    'The new key belongs to the mode of the key that asks, and can have no scope, later end or higher cap than that one. Its secret is shown this once.',
  body: CreateKeyRequest,
  responses: createdWithSecret('The key with its secret.', ApiKeyWithSecret),
};

/** POST /v1/keys */
export async function postKey(c: AppContext): Promise<Response> {
  const input = await readJson(c.req.raw, CreateKeyRequest);
  const key: ApiKeyWithSecret = await createApiKey(c.get('account'), input);
  return createdResponse(c, key);
}
