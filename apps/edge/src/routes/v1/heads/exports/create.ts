import { CreateExportRequest, CreateExportResponse } from '@headwright/shared/api/exports';
import { accepted, acceptedResponse } from '../../../../http/accepted-response.ts';
import type { AppContext } from '../../../../http/context.ts';
import { pathParameter } from '../../../../http/path-parameter.ts';
import { IDEMPOTENCY_HEADER, keyedRequest } from '../../../../http/keyed-request.ts';
import { PAID_PROBLEMS } from '../../../../http/paid-problems.ts';
import { parseInput, readJsonValue } from '../../../../http/read-json.ts';
import { withIdempotency } from '../../../../services/idempotency/with-idempotency.ts';
import { createExport } from '../../../../services/exports/create.ts';
import { replayCreateExport } from '../../../../services/exports/replay-create.ts';
import type { Contract } from '../../../../http/contract.ts';
import { z } from 'zod';
import { HeadId } from '@headwright/shared/ids';

export const createExportContract: Contract = {
  operation: 'createExport',
  tag: 'Heads',
  summary: 'Export a head to other files',
  description:
    'Starts a job that writes a finished revision to files for phones, AR or animation: a ready-made rendition, or one of your own settings. Once it has succeeded they are among the files of the revision. If the same files of the revision are there, or on their way, the answer is the job that makes them, and nothing is charged.',
  params: z.object({ id: HeadId }),
  headers: IDEMPOTENCY_HEADER,
  body: CreateExportRequest,
  responses: accepted('The export and its job.', CreateExportResponse),
  problems: [...PAID_PROBLEMS, 'resource.not_ready', 'resource.not_exportable'],
};

/** POST /v1/heads/{id}/exports */
export async function postExport(c: AppContext): Promise<Response> {
  const ctx = c.get('account');
  const body = await readJsonValue(c.req.raw);
  const input = parseInput(CreateExportRequest, body);
  const answered = await withIdempotency<CreateExportResponse>(
    ctx,
    keyedRequest(c, '/v1/heads/{id}/exports', body, input.end_user ?? null),
    (claim) => createExport(ctx, pathParameter(c, 'id'), input, claim),
    (jobId) => replayCreateExport(ctx, jobId),
    true,
  );
  return acceptedResponse(c, answered);
}
