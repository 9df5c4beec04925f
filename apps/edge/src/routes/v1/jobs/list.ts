import { JobList, JobListQuery } from '@headwright/shared/api/jobs';
import type { AppContext } from '../../../http/context.ts';
import type { Contract } from '../../../http/contract.ts';
import { parseInput } from '../../../http/read-json.ts';
import { listJobs } from '../../../services/jobs/list.ts';

export const listJobsContract: Contract = {
  operation: 'listJobs',
  tag: 'Jobs',
  summary: 'List jobs',
  query: JobListQuery,
  responses: { 200: { description: 'A page, newest first.', schema: JobList } },
};

/** GET /v1/jobs */
export async function readJobs(c: AppContext): Promise<Response> {
  return c.json(await listJobs(c.get('account'), parseInput(JobListQuery, c.req.query())));
}
