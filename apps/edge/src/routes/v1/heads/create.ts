import { CreateHeadRequest, type CreateHeadResponse } from '@headwright/shared/api/heads';
import type { AppContext } from '../../../http/context.ts';
import { readJson } from '../../../http/read-json.ts';
import { createHead } from '../../../services/heads/create.ts';

/** POST /v1/heads */
export async function postHead(c: AppContext): Promise<Response> {
  const input = await readJson(c.req.raw, CreateHeadRequest);
  const created: CreateHeadResponse = await createHead(c.get('account'), input);
  return c.json(created, 202, { Location: created.head.urls.self, 'Retry-After': '2' });
}
