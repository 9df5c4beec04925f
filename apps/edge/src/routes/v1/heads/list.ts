import { HeadList, HeadListQuery } from '@headwright/shared/api/heads';
import type { AppContext } from '../../../http/context.ts';
import type { Contract } from '../../../http/contract.ts';
import { parseInput } from '../../../http/read-json.ts';
import { listHeads } from '../../../services/heads/list.ts';

export const listHeadsContract: Contract = {
  operation: 'listHeads',
  tag: 'Heads',
  summary: 'List heads',
  query: HeadListQuery,
  responses: { 200: { description: 'A page, newest first, without deleted heads.', schema: HeadList } },
};

/** GET /v1/heads */
export async function readHeads(c: AppContext): Promise<Response> {
  return c.json(await listHeads(c.get('account'), parseInput(HeadListQuery, c.req.query())));
}
