import { CreateHeadRequest, CreateHeadResponse } from '@headwright/shared/api/heads';
import type { AppContext } from '../../../http/context.ts';
import type { Contract } from '../../../http/contract.ts';
import { readJson } from '../../../http/read-json.ts';
import { createHead } from '../../../services/heads/create.ts';

export const createHeadContract: Contract = {
  operation: 'createHead',
  tag: 'Heads',
  summary: 'Make a head',
  description:
    'Starts a job that makes a head from words. Follow `job.urls.events`, or poll `job.urls.self`.',
  body: CreateHeadRequest,
  responses: {
    202: {
      description: 'The head and its job, which is queued.',
      schema: CreateHeadResponse,
      headers: { Location: 'Path of the head.', 'Retry-After': 'Seconds until a first look is worth it.' },
    },
  },
  problems: [
    'limit.queue_full',
    'safety.prompt.sexual',
    'safety.prompt.sexual_minor',
    'safety.prompt.hate',
    'safety.prompt.gore',
    'safety.prompt.real_person',
  ],
};

/** POST /v1/heads */
export async function postHead(c: AppContext): Promise<Response> {
  const input = await readJson(c.req.raw, CreateHeadRequest);
  const created: CreateHeadResponse = await createHead(c.get('account'), input);
  return c.json(created, 202, { Location: created.head.urls.self, 'Retry-After': '2' });
}
