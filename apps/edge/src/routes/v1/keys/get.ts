import { ApiKey } from '@headwright/shared/api/keys';
import { KeyId } from '@headwright/shared/ids';
import { z } from 'zod';
import type { AppContext } from '../../../http/context.ts';
import type { Contract } from '../../../http/contract.ts';
import { pathParameter } from '../../../http/path-parameter.ts';
import { getKey } from '../../../services/keys/get.ts';

export const getKeyContract: Contract = {
  operation: 'getKey',
  tag: 'Keys',
  summary: 'Read an API key',
  params: z.object({ id: KeyId }),
  responses: { 200: { description: 'The key, without its secret.', schema: ApiKey } },
};

/** GET /v1/keys/{id} */
export async function readKey(c: AppContext): Promise<Response> {
  return c.json(await getKey(c.get('account'), pathParameter(c, 'id')));
}
