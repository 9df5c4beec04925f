import { ClientToken } from '@headwright/shared/api/client-tokens';
import { ClientTokenId } from '@headwright/shared/ids';
import { z } from 'zod';
import type { AppContext } from '../../../http/context.ts';
import type { Contract } from '../../../http/contract.ts';
import { pathParameter } from '../../../http/path-parameter.ts';
import { getClientToken } from '../../../services/client-tokens/get.ts';

export const getClientTokenContract: Contract = {
  operation: 'getClientToken',
  tag: 'Keys',
  summary: 'Read a client token',
  params: z.object({ id: ClientTokenId }),
  responses: { 200: { description: 'The token, without its secret.', schema: ClientToken } },
};

/** GET /v1/client_tokens/{id} */
export async function readClientToken(c: AppContext): Promise<Response> {
  return c.json(await getClientToken(c.get('account'), pathParameter(c, 'id')));
}
