import { CreateRevisionRequest, CreateRevisionResponse } from '@headwright/shared/api/revisions';
import { accepted, acceptedResponse } from '../../../../http/accepted-response.ts';
import type { AppContext } from '../../../../http/context.ts';
import { pathParameter } from '../../../../http/path-parameter.ts';
import { IDEMPOTENCY_HEADER, keyedRequest } from '../../../../http/keyed-request.ts';
import { PAID_PROBLEMS, PROMPT_PROBLEMS } from '../../../../http/paid-problems.ts';
import { parseInput, readJsonValue } from '../../../../http/read-json.ts';
import { withIdempotency } from '../../../../services/idempotency/with-idempotency.ts';
import { createRevision } from '../../../../services/revisions/create.ts';
import { replayCreateRevision } from '../../../../services/revisions/replay-create.ts';
import type { Contract } from '../../../../http/contract.ts';
import { z } from 'zod';
import { HeadId } from '@headwright/shared/ids';

export const createRevisionContract: Contract = {
  operation: 'createRevision',
  tag: 'Heads',
  summary: 'Edit a head by words',
  description:
    'Starts a job that changes the shape, the colors, or both of a finished head and keeps the rest. One edit at a time.',
  params: z.object({ id: HeadId }),
  headers: IDEMPOTENCY_HEADER,
  body: CreateRevisionRequest,
  responses: accepted('The revision and its job, which is queued.', CreateRevisionResponse),
  problems: [
    ...PAID_PROBLEMS,
    ...PROMPT_PROBLEMS,
    'resource.not_ready',
    'resource.busy',
    'resource.not_editable',
  ],
};

/** POST /v1/heads/{id}/revisions */
export async function postRevision(c: AppContext): Promise<Response> {
  const ctx = c.get('account');
  const body = await readJsonValue(c.req.raw);
  const input = parseInput(CreateRevisionRequest, body);
  const answered = await withIdempotency<CreateRevisionResponse>(
    ctx,
    keyedRequest(c, '/v1/heads/{id}/revisions', body, input.end_user ?? null),
    (claim) => createRevision(ctx, pathParameter(c, 'id'), input, claim),
    (jobId) => replayCreateRevision(ctx, jobId),
  );
  return acceptedResponse(c, answered);
}
