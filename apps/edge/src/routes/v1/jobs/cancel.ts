import type { AppContext } from '../../../http/context.ts';
import { pathParameter } from '../../../http/path-parameter.ts';
import { POLLING_HEADERS, pollingHeaders } from '../../../http/polling-headers.ts';
import { cancelJob } from '../../../services/jobs/cancel.ts';
import type { Contract } from '../../../http/contract.ts';
import { z } from 'zod';
import { JobId } from '@headwright/shared/ids';
import { Job } from '@headwright/shared/api/jobs';

export const cancelJobContract: Contract = {
  operation: 'cancelJob',
  tag: 'Jobs',
  summary: 'Cancel a job',
  description: 'At any state; a job that has ended stays as it is. A canceled job costs nothing.',
  params: z.object({ id: JobId }),
  responses: {
    200: {
      description: 'The job as it is now: `canceling`, or already ended.',
      schema: Job,
      headers: POLLING_HEADERS,
    },
  },
};

/** POST /v1/jobs/{id}/cancel */
export async function postCancel(c: AppContext): Promise<Response> {
  const job = await cancelJob(c.get('account'), pathParameter(c, 'id'));
  return c.json(job, 200, pollingHeaders(job));
}
