import type { AppContext } from '../../../../http/context.ts';
import { pathParameter } from '../../../../http/path-parameter.ts';
import { getRevision } from '../../../../services/revisions/get.ts';
import type { Contract } from '../../../../http/contract.ts';
import { z } from 'zod';
import { HeadId, RevisionId } from '@headwright/shared/ids';
import { Revision } from '@headwright/shared/api/revisions';

export const getRevisionContract: Contract = {
  operation: 'getRevision',
  tag: 'Heads',
  summary: 'Read a revision',
  params: z.object({ id: HeadId, revision_id: RevisionId }),
  responses: { 200: { description: 'The revision.', schema: Revision } },
  problems: ['resource.deleted'],
};

/** GET /v1/heads/{id}/revisions/{revision_id} */
export async function readRevision(c: AppContext): Promise<Response> {
  const revisionId = pathParameter(c, 'revision_id');
  return c.json(await getRevision(c.get('account'), pathParameter(c, 'id'), revisionId));
}
