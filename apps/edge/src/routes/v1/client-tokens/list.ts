import { ClientTokenList, ClientTokenListQuery } from '@headwright/shared/api/client-tokens';
import type { AppContext } from '../../../http/context.ts';
import type { Contract } from '../../../http/contract.ts';
import { parseInput } from '../../../http/read-json.ts';
import { listClientTokens } from '../../../services/client-tokens/list.ts';

export const listClientTokensContract: Contract = {
  operation: 'listClientTokens',
  tag: 'Keys',
  summary: 'List client tokens',
  query: ClientTokenListQuery,
  responses: {
    200: { description: 'A page, newest first, with tokens whose time is over.', schema: ClientTokenList },
  },
};

/** GET /v1/client_tokens */
export async function readClientTokens(c: AppContext): Promise<Response> {
  const query = parseInput(ClientTokenListQuery, c.req.query());
  return c.json(await listClientTokens(c.get('account'), query));
}
