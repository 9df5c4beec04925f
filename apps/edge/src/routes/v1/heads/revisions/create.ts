import { CreateRevisionRequest, CreateRevisionResponse } from '@headwright/shared/api/revisions';
import type { AppContext } from '../../../../http/context.ts';
import { pathParameter } from '../../../../http/path-parameter.ts';
import { readJson } from '../../../../http/read-json.ts';
import { createRevision } from '../../../../services/revisions/create.ts';
import type { Contract } from '../../../../http/contract.ts';
import { z } from 'zod';
import { HeadId } from '@headwright/shared/ids';

export const createRevisionContract: Contract = {
  operation: 'createRevision',
  tag: 'Heads',
  summary: 'Edit a head by words',
  description:
    'Starts a job that changes the shape or the colors of a finished head and keeps the rest. One edit at a time.',
  params: z.object({ id: HeadId }),
  body: CreateRevisionRequest,
  responses: {
    202: {
      description: 'The revision and its job, which is queued.',
      schema: CreateRevisionResponse,
      headers: {
        Location: 'Path of the revision.',
        'Retry-After': 'Seconds until a first look is worth it.',
      },
    },
  },
  problems: [
    'resource.not_ready',
    'resource.busy',
    'resource.not_editable',
    'limit.queue_full',
    'safety.prompt.sexual',
    'safety.prompt.sexual_minor',
    'safety.prompt.hate',
    'safety.prompt.gore',
    'safety.prompt.real_person',
  ],
};

/** POST /v1/heads/{id}/revisions */
export async function postRevision(c: AppContext): Promise<Response> {
  const input = await readJson(c.req.raw, CreateRevisionRequest);
  const headId = pathParameter(c, 'id');
  const created: CreateRevisionResponse = await createRevision(c.get('account'), headId, input);
  return c.json(created, 202, { Location: created.revision.urls.self, 'Retry-After': '2' });
}
