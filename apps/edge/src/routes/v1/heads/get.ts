import type { AppContext } from '../../../http/context.ts';
import { pathParameter } from '../../../http/path-parameter.ts';
import { getHead } from '../../../services/heads/get.ts';
import type { Contract } from '../../../http/contract.ts';
import { z } from 'zod';
import { HeadId } from '@headwright/shared/ids';
import { Head } from '@headwright/shared/api/heads';

export const getHeadContract: Contract = {
  operation: 'getHead',
  tag: 'Heads',
  summary: 'Read a head',
  params: z.object({ id: HeadId }),
  responses: { 200: { description: 'The head.', schema: Head } },
  problems: ['resource.deleted'],
};

/** GET /v1/heads/{id} */
export async function readHead(c: AppContext): Promise<Response> {
  return c.json(await getHead(c.get('account'), pathParameter(c, 'id')));
}
