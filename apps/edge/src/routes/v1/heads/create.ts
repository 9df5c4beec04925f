import { CreateHeadRequest, CreateHeadResponse } from '@headwright/shared/api/heads';
import { accepted, acceptedResponse } from '../../../http/accepted-response.ts';
import type { AppContext } from '../../../http/context.ts';
import type { Contract } from '../../../http/contract.ts';
import { IDEMPOTENCY_HEADER, keyedRequest } from '../../../http/keyed-request.ts';
import { PAID_PROBLEMS, PROMPT_PROBLEMS } from '../../../http/paid-problems.ts';
import { parseInput, readJsonValue } from '../../../http/read-json.ts';
import { createHead } from '../../../services/heads/create.ts';
import { replayCreateHead } from '../../../services/heads/replay-create.ts';
import { withIdempotency } from '../../../services/idempotency/with-idempotency.ts';

export const createHeadContract: Contract = {
  operation: 'createHead',
  tag: 'Heads',
  summary: 'Make a head',
  description:
    'Starts a job that makes a head from words. Follow `job.urls.events`, or poll `job.urls.self`.',
  headers: IDEMPOTENCY_HEADER,
  body: CreateHeadRequest,
  responses: accepted('The head and its job, which is queued.', CreateHeadResponse),
  problems: [...PAID_PROBLEMS, ...PROMPT_PROBLEMS],
};

/** POST /v1/heads */
export async function postHead(c: AppContext): Promise<Response> {
  const ctx = c.get('account');
  const body = await readJsonValue(c.req.raw);
  const input = parseInput(CreateHeadRequest, body);
  const answered = await withIdempotency<CreateHeadResponse>(
    ctx,
    keyedRequest(c, '/v1/heads', body, input.end_user ?? null),
    (claim) => createHead(ctx, input, claim),
    (jobId) => replayCreateHead(ctx, jobId),
  );
  return acceptedResponse(c, answered);
}
