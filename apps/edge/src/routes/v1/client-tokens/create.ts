import { ClientTokenWithSecret, CreateClientTokenRequest } from '@headwright/shared/api/client-tokens';
import type { AppContext } from '../../../http/context.ts';
import type { Contract } from '../../../http/contract.ts';
import { createdResponse, createdWithSecret } from '../../../http/created-response.ts';
import { readJson } from '../../../http/read-json.ts';
import { mintClientToken } from '../../../services/client-tokens/mint.ts';

export const createClientTokenContract: Contract = {
  operation: 'createClientToken',
  tag: 'Keys',
  summary: 'Mint a client token',
  description:
    'A short-lived credential for an app on somebody’s phone. It can do only what `allow` says and its key may, everything it does is counted under `end_user`, and it dies at the next request after its key was revoked. Browsers of any origin may read answers to client tokens.',
  body: CreateClientTokenRequest,
  responses: createdWithSecret('The token with its secret, which is shown this once.', ClientTokenWithSecret),
};

/** POST /v1/client_tokens */
export async function postClientToken(c: AppContext): Promise<Response> {
  const input = await readJson(c.req.raw, CreateClientTokenRequest);
  const token: ClientTokenWithSecret = await mintClientToken(c.get('account'), input);
  return createdResponse(c, token);
}
