import { Head, UpdateHeadRequest } from '@headwright/shared/api/heads';
import { HeadId } from '@headwright/shared/ids';
import { z } from 'zod';
import type { AppContext } from '../../../http/context.ts';
import type { Contract } from '../../../http/contract.ts';
import { pathParameter } from '../../../http/path-parameter.ts';
import { readJson } from '../../../http/read-json.ts';
import { updateHead } from '../../../services/heads/update.ts';

export const updateHeadContract: Contract = {
  operation: 'updateHead',
  tag: 'Heads',
  summary: 'Change name or metadata',
  description: 'Changes your own facts about a head. What is not named stays as it is.',
  params: z.object({ id: HeadId }),
  body: UpdateHeadRequest,
  responses: { 200: { description: 'The head as it is now.', schema: Head } },
  problems: ['resource.deleted'],
};

/** PATCH /v1/heads/{id} */
export async function patchHead(c: AppContext): Promise<Response> {
  const input = await readJson(c.req.raw, UpdateHeadRequest);
  return c.json(await updateHead(c.get('account'), pathParameter(c, 'id'), input));
}
