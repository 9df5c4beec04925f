import { ApiKey } from '@headwright/shared/api/keys';
import { KeyId } from '@headwright/shared/ids';
import { z } from 'zod';
import type { AppContext } from '../../../http/context.ts';
import type { Contract } from '../../../http/contract.ts';
import { pathParameter } from '../../../http/path-parameter.ts';
import { revokeKey } from '../../../services/keys/revoke.ts';

export const revokeKeyContract: Contract = {
  operation: 'revokeKey',
  tag: 'Keys',
  summary: 'Revoke an API key',
  description:
    'Ends the key for good; calling it again changes nothing. From this moment it can start no job and its client tokens are refused; where it was used a moment ago it may still read for up to 5 seconds.',
  params: z.object({ id: KeyId }),
  responses: { 200: { description: 'The key as it is now.', schema: ApiKey } },
};

/** POST /v1/keys/{id}/revoke */
export async function postRevokeKey(c: AppContext): Promise<Response> {
  return c.json(await revokeKey(c.get('account'), pathParameter(c, 'id')));
}
