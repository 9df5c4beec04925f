import { Job, JobQuery } from '@headwright/shared/api/jobs';
import { JobId } from '@headwright/shared/ids';
import { WAIT_MAX_SECONDS } from '@headwright/shared/limits';
import { z } from 'zod';
import type { AppContext } from '../../../http/context.ts';
import type { Contract } from '../../../http/contract.ts';
import { pathParameter } from '../../../http/path-parameter.ts';
import { POLLING_HEADERS, pollingHeaders } from '../../../http/polling-headers.ts';
import { parseInput } from '../../../http/read-json.ts';
import { waitForJob } from '../../../services/jobs/wait.ts';

export const getJobContract: Contract = {
  operation: 'getJob',
  tag: 'Jobs',
  summary: 'Read a job',
  description: 'Answers at once, or with `wait` when the job has ended. The status is 200 in either case.',
  params: z.object({ id: JobId }),
  query: JobQuery,
  headers: z.object({
    prefer: z.string().optional().describe('`wait=N`: as the query field; larger numbers count as 30.'),
  }),
  responses: {
    200: {
      description: 'The job.',
      schema: Job,
      headers: {
        ...POLLING_HEADERS,
        'Preference-Applied': 'The `wait` of `Prefer` as it was followed.',
      },
    },
  },
};

/** GET /v1/jobs/{id}?wait=N. References: RFC 7240, 4.3. */
export async function readJob(c: AppContext): Promise<Response> {
  const { wait } = parseInput(JobQuery, c.req.query());
  const preferred = preferredWait(c.req.header('Prefer'));
  const job = await waitForJob(c.get('account'), pathParameter(c, 'id'), wait ?? preferred ?? 0);
  const isApplied = wait === undefined && preferred !== null;
  return c.json(job, 200, {
    ...pollingHeaders(job),
    ...(isApplied ? { 'Preference-Applied': `wait=${preferred}` } : {}),
  });
}

/** Seconds of a `Prefer: wait=N`; what we do not understand is no preference. */
function preferredWait(header: string | undefined): number | null {
  const match = /(?:^|[,;\s])wait\s*=\s*"?(\d{1,9})"?(?:$|[,;\s])/i.exec(header ?? '');
  return match === null ? null : Math.min(Number(match[1]), WAIT_MAX_SECONDS);
}
