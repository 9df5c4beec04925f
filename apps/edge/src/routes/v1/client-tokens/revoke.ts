import { ClientToken } from '@headwright/shared/api/client-tokens';
import { ClientTokenId } from '@headwright/shared/ids';
import { z } from 'zod';
import type { AppContext } from '../../../http/context.ts';
import type { Contract } from '../../../http/contract.ts';
import { pathParameter } from '../../../http/path-parameter.ts';
import { revokeClientToken } from '../../../services/client-tokens/revoke.ts';

export const revokeClientTokenContract: Contract = {
  operation: 'revokeClientToken',
  tag: 'Keys',
  summary: 'Revoke a client token',
  description: 'Ends the token: its next request is refused. Calling it again changes nothing.',
  params: z.object({ id: ClientTokenId }),
  responses: { 200: { description: 'The token as it is now.', schema: ClientToken } },
};

/** POST /v1/client_tokens/{id}/revoke */
export async function postRevokeClientToken(c: AppContext): Promise<Response> {
  return c.json(await revokeClientToken(c.get('account'), pathParameter(c, 'id')));
}
