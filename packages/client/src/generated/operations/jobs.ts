// Written by `npm run generate` from the contracts of the routes; edit those.
import type { Job, JobList, JobStatus } from '../types.ts';
import type { CallOptions } from '../../transport.ts';
import { HeadsOperations } from './heads.ts';

/** The work behind a head: status, progress, events, cancel. */
export class JobsOperations extends HeadsOperations {
  /** List jobs. */
  listJobs(
    query: {
      limit?: number;
      /** Goes on behind this one: the last of the page before. */
      starting_after?: string;
      status?: JobStatus;
      kind?: 'head' | 'geometry_edit' | 'texture_edit' | 'restyle_edit' | 'export';
      head_id?: string;
      /** Created at this instant or later. */
      'created[gte]'?: string;
      /** Created later than this instant. */
      'created[gt]'?: string;
      /** Created at this instant or earlier. */
      'created[lte]'?: string;
      /** Created earlier than this instant. */
      'created[lt]'?: string;
    } = {},
    options: CallOptions = {},
  ): Promise<JobList> {
    return this.json<JobList>({ method: 'GET', path: '/v1/jobs', query }, options);
  }

  /** Read a job. Answers at once, or with `wait` when the job has ended. The status is 200 in either case. */
  getJob(
    id: string,
    query: {
      /** Answers when the job has ended, or after so many seconds. `Prefer: wait=N` says the same. */
      wait?: number;
    } = {},
    options: CallOptions = {},
  ): Promise<Job> {
    return this.json<Job>({ method: 'GET', path: `/v1/jobs/${encodeURIComponent(id)}`, query }, options);
  }

  /** Follow a job. Server-sent events: `snapshot` first, then `job` for each transition (its `id` is the sequence number) and `progress` in between (without an id). The data of each is a `JobEvent`. A comment every 15 seconds says that the stream lives; it ends with the job. */
  streamEvents(id: string, options: CallOptions = {}): Promise<Response> {
    return this.send({ method: 'GET', path: `/v1/jobs/${encodeURIComponent(id)}/events` }, options);
  }

  /** See a head in the making. */
  getPreview(id: string, options: CallOptions = {}): Promise<Response> {
    return this.send({ method: 'GET', path: `/v1/jobs/${encodeURIComponent(id)}/preview` }, options);
  }

  /** Cancel a job. At any state; a job that has ended stays as it is. A canceled job costs nothing. */
  cancelJob(id: string, options: CallOptions = {}): Promise<Job> {
    return this.json<Job>({ method: 'POST', path: `/v1/jobs/${encodeURIComponent(id)}/cancel` }, options);
  }
}
