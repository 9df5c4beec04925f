import { createHash } from 'node:crypto';
import {
  type CreateHeadRequest,
  CreateHeadResponse,
  Head,
  type HeadFile,
} from '@headwright/shared/api/heads';
import { Job } from '@headwright/shared/api/jobs';
import { Problem } from '@headwright/shared/api/problem';
import { followJob } from './follow-job.ts';

/** A client of the public API, as any developer would write one; every answer is parsed. */
export interface PublicApi {
  createHead(request: CreateHeadRequest): Promise<CreateHeadResponse>;
  getHead(id: string): Promise<Head>;
  getJob(id: string): Promise<Job>;
  cancelJob(id: string, signal?: AbortSignal): Promise<Job>;
  /** Each snapshot of a job until it has ended: by server-sent events, by polling while those fail. */
  followJob(id: string, signal?: AbortSignal): AsyncGenerator<Job, Job>;
  /** The bytes of a file, checked against its digest. */
  download(file: HeadFile): Promise<Uint8Array>;
}

/** Creates a client for one edge and one API key. */
export function createPublicApi(edgeUrl: string, apiKey: string): PublicApi {
  const call = async (path: string, init: RequestInit = {}): Promise<Response> => {
    const headers = new Headers(init.headers);
    headers.set('Authorization', `Bearer ${apiKey}`);
    const response = await fetch(new URL(path, edgeUrl), { ...init, headers });
    if (response.ok) return response;
    const body = await response.text();
    const problem = Problem.safeParse(parseJson(body));
    const reason = problem.success ? describeProblem(problem.data) : body.slice(0, 300);
    throw new Error(`${init.method ?? 'GET'} ${path}: ${response.status} ${reason}`);
  };
  const getJob = async (id: string): Promise<Job> => Job.parse(await (await call(`/v1/jobs/${id}`)).json());

  return {
    getJob,
    followJob: (id, signal) => followJob(call, id, signal),
    async createHead(request) {
      const headers = { 'Content-Type': 'application/json' };
      const response = await call('/v1/heads', { method: 'POST', headers, body: JSON.stringify(request) });
      return CreateHeadResponse.parse(await response.json());
    },
    async getHead(id) {
      return Head.parse(await (await call(`/v1/heads/${id}`)).json());
    },
    async cancelJob(id, signal) {
      const init = { method: 'POST', ...(signal === undefined ? {} : { signal }) };
      return Job.parse(await (await call(`/v1/jobs/${id}/cancel`, init)).json());
    },
    async download(file) {
      const bytes = new Uint8Array(await (await call(file.url)).arrayBuffer());
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      if (sha256 !== file.sha256)
        throw new Error(`download: expected ${file.name} as ${file.sha256}, got ${sha256}`);
      return bytes;
    },
  };
}

/** One sentence for a person; `detail` often says more than `title`, sometimes the same. */
export function describeProblem({ title, detail, errors = [] }: Problem): string {
  const places = errors.map((error) => `${error.pointer}: ${error.detail}`);
  return [...new Set([title, detail.replace(/\.$/, ''), ...places])].filter((part) => part !== '').join('; ');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // the schema of the caller refuses it
  }
}
