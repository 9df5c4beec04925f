import type { AppContext } from '../../../http/context.ts';
import { pathParameter } from '../../../http/path-parameter.ts';
import { getJob } from '../../../services/jobs/get.ts';
import type { Contract } from '../../../http/contract.ts';
import { z } from 'zod';
import { JobId } from '@headwright/shared/ids';
import { Job } from '@headwright/shared/api/jobs';

export const getJobContract: Contract = {
  operation: 'getJob',
  tag: 'Jobs',
  summary: 'Read a job',
  params: z.object({ id: JobId }),
  responses: {
    200: {
      description: 'The job.',
      schema: Job,
      headers: { 'Retry-After': 'Seconds until the next look is worth it; absent once the job has ended.' },
    },
  },
};

/** GET /v1/jobs/{id} */
export async function readJob(c: AppContext): Promise<Response> {
  const job = await getJob(c.get('account'), pathParameter(c, 'id'));
  return c.json(job, 200, job.terminal ? {} : { 'Retry-After': '2' });
}
