import { ApiKeyWithSecret, CreateKeyRequest } from '@headwright/shared/api/keys';
import type { AppContext } from '../../../http/context.ts';
import type { Contract } from '../../../http/contract.ts';
import { readJson } from '../../../http/read-json.ts';
import { createApiKey } from '../../../services/keys/create.ts';

export const createKeyContract: Contract = {
  operation: 'createKey',
  tag: 'Keys',
  summary: 'Make an API key',
  description:
    'The new key belongs to the mode of the key that asks, and can have no scope, later end or higher cap than that one. Its secret is shown this once.',
  body: CreateKeyRequest,
  responses: {
    201: {
      description: 'The key with its secret.',
      schema: ApiKeyWithSecret,
      headers: { Location: 'Path of the key.' },
    },
  },
};

/** POST /v1/keys */
export async function postKey(c: AppContext): Promise<Response> {
  const input = await readJson(c.req.raw, CreateKeyRequest);
  const key: ApiKeyWithSecret = await createApiKey(c.get('account'), input);
  return c.json(key, 201, { Location: key.urls.self, 'Cache-Control': 'no-store' });
}
