import { RevisionList, RevisionListQuery } from '@headwright/shared/api/revisions';
import type { AppContext } from '../../../../http/context.ts';
import { pathParameter } from '../../../../http/path-parameter.ts';
import { parseInput } from '../../../../http/read-json.ts';
import { listRevisions } from '../../../../services/revisions/list.ts';
import type { Contract } from '../../../../http/contract.ts';
import { z } from 'zod';
import { HeadId } from '@headwright/shared/ids';

export const listRevisionsContract: Contract = {
  operation: 'listRevisions',
  tag: 'Heads',
  summary: 'List the revisions of a head',
  params: z.object({ id: HeadId }),
  query: RevisionListQuery,
  responses: { 200: { description: 'A page, newest first.', schema: RevisionList } },
  problems: ['resource.deleted'],
};

/** GET /v1/heads/{id}/revisions */
export async function readRevisions(c: AppContext): Promise<Response> {
  const query = parseInput(RevisionListQuery, c.req.query());
  return c.json(await listRevisions(c.get('account'), pathParameter(c, 'id'), query));
}
