import { KeyList, KeyListQuery } from '@headwright/shared/api/keys';
import type { AppContext } from '../../../http/context.ts';
import type { Contract } from '../../../http/contract.ts';
import { parseInput } from '../../../http/read-json.ts';
import { listKeys } from '../../../services/keys/list.ts';

export const listKeysContract: Contract = {
  operation: 'listKeys',
  tag: 'Keys',
  summary: 'List API keys',
  query: KeyListQuery,
  responses: {
    200: { description: 'A page, newest first, with keys that were revoked.', schema: KeyList },
  },
};

/** GET /v1/keys */
export async function readKeys(c: AppContext): Promise<Response> {
  return c.json(await listKeys(c.get('account'), parseInput(KeyListQuery, c.req.query())));
}
