import { ApiKey, UpdateKeyRequest } from '@headwright/shared/api/keys';
import { KeyId } from '@headwright/shared/ids';
import { z } from 'zod';
import type { AppContext } from '../../../http/context.ts';
import type { Contract } from '../../../http/contract.ts';
import { pathParameter } from '../../../http/path-parameter.ts';
import { readJson } from '../../../http/read-json.ts';
import { updateKey } from '../../../services/keys/update.ts';

export const updateKeyContract: Contract = {
  operation: 'updateKey',
  tag: 'Keys',
  summary: 'Change an API key',
  description:
    'Name, scopes, end and cap; what is left out stays. A key can give only what it has itself. A change reaches every part of the world within 5 seconds.',
  params: z.object({ id: KeyId }),
  body: UpdateKeyRequest,
  responses: { 200: { description: 'The key as it is now.', schema: ApiKey } },
  problems: ['resource.revoked'],
};

/** PATCH /v1/keys/{id} */
export async function patchKey(c: AppContext): Promise<Response> {
  const input = await readJson(c.req.raw, UpdateKeyRequest);
  return c.json(await updateKey(c.get('account'), pathParameter(c, 'id'), input));
}
