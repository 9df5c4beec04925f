import { DeletedHead } from '@headwright/shared/api/heads';
import { HeadId } from '@headwright/shared/ids';
import { z } from 'zod';
import type { AppContext } from '../../../http/context.ts';
import type { Contract } from '../../../http/contract.ts';
import { pathParameter } from '../../../http/path-parameter.ts';
import { deleteHead } from '../../../services/heads/delete.ts';

export const deleteHeadContract: Contract = {
  operation: 'deleteHead',
  tag: 'Heads',
  summary: 'Delete a head',
  description:
    'Deletes the head with all revisions and files, cancels its open job, and erases its words everywhere. Its jobs stay, without words, since they were paid for. Deleting it again changes nothing.',
  params: z.object({ id: HeadId }),
  responses: { 200: { description: 'What is left of the head.', schema: DeletedHead } },
};

/** DELETE /v1/heads/{id} */
export async function removeHead(c: AppContext): Promise<Response> {
  return c.json(await deleteHead(c.get('account'), pathParameter(c, 'id')));
}
