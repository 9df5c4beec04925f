import { CreateExportRequest, CreateExportResponse } from '@headwright/shared/api/exports';
import type { AppContext } from '../../../../http/context.ts';
import { pathParameter } from '../../../../http/path-parameter.ts';
import {
  IDEMPOTENCY_HEADER,
  keyedRequest,
  REPLAYED_HEADER,
  replayedHeaders,
} from '../../../../http/keyed-request.ts';
import { PAID_PROBLEMS } from '../../../../http/paid-problems.ts';
import { POLL_AFTER_SECONDS } from '../../../../http/polling-headers.ts';
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
    'Starts a job that writes a finished revision to files for phones, AR or animation: a ready-made rendition, or one of your own settings. Once it has succeeded they are among the files of the revision.',
  params: z.object({ id: HeadId }),
  headers: IDEMPOTENCY_HEADER,
  body: CreateExportRequest,
  responses: {
    202: {
      description: 'The export and its job, which is queued.',
      schema: CreateExportResponse,
      headers: {
        Location: 'Path of the job.',
        'Retry-After': 'Seconds until a first look is worth it.',
        ...REPLAYED_HEADER,
      },
    },
  },
  problems: [...PAID_PROBLEMS, 'resource.not_ready', 'resource.not_exportable'],
};

/** POST /v1/heads/{id}/exports */
export async function postExport(c: AppContext): Promise<Response> {
  const ctx = c.get('account');
  const body = await readJsonValue(c.req.raw);
  const input = parseInput(CreateExportRequest, body);
  const { answer, replayed } = await withIdempotency<CreateExportResponse>(
    ctx,
    keyedRequest(c, '/v1/heads/{id}/exports', body, input.end_user ?? null),
    (claim) => createExport(ctx, pathParameter(c, 'id'), input, claim),
    (jobId) => replayCreateExport(ctx, jobId),
  );
  c.set('jobId', answer.job.id);
  return c.json(answer, 202, {
    Location: answer.job.urls.self,
    'Retry-After': String(POLL_AFTER_SECONDS),
    ...replayedHeaders(replayed),
  });
}
