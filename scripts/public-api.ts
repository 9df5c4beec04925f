import { createHash } from 'node:crypto';
import {
  type CreateHeadRequest,
  CreateHeadResponse,
  Head,
  type HeadFile,
} from '@headwright/shared/api/heads';
import { Job, JobEvent } from '@headwright/shared/api/jobs';
import { Problem } from '@headwright/shared/api/problem';

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

const POLL_MS = 1_000;

/** Creates a client for one edge and one API key. */
export function createPublicApi(edgeUrl: string, apiKey: string): PublicApi {
  const call = async (path: string, init: RequestInit = {}): Promise<Response> => {
    const headers = new Headers(init.headers);
    headers.set('Authorization', `Bearer ${apiKey}`);
    const response = await fetch(new URL(path, edgeUrl), { ...init, headers });
    if (response.ok) return response;
    const body = await response.text();
    const problem = Problem.safeParse(parseJson(body));
    const reason = problem.success ? `${problem.data.title} (${problem.data.detail})` : body.slice(0, 300);
    throw new Error(`${init.method ?? 'GET'} ${path}: ${response.status} ${reason}`);
  };
  const getJob = async (id: string): Promise<Job> => Job.parse(await (await call(`/v1/jobs/${id}`)).json());

  async function* streamJob(id: string, signal: AbortSignal): AsyncGenerator<Job> {
    const response = await call(`/v1/jobs/${id}/events`, {
      headers: { Accept: 'text/event-stream' },
      signal,
    });
    if (response.body === null) return;
    for await (const data of readEventData(response.body)) yield JobEvent.parse(parseJson(data)).job;
  }

  async function* followJob(id: string, signal = new AbortController().signal): AsyncGenerator<Job, Job> {
    for (;;) {
      try {
        for await (const job of streamJob(id, signal)) {
          yield job;
          if (job.terminal) return job;
        }
      } catch (error) {
        if (signal.aborted) throw error; // anything else is a broken stream, and polling goes on
      }
      const job = await getJob(id);
      yield job;
      if (job.terminal) return job;
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  }

  return {
    getJob,
    followJob,
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

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // the schema of the caller refuses it
  }
}

/** The `data:` of each frame of an event stream; comments and fields that we do not use are passed over. */
async function* readEventData(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  let pending = '';
  for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
    pending += chunk;
    const frames = pending.split('\n\n');
    pending = frames.pop() ?? '';
    for (const frame of frames) {
      const lines = frame.split('\n').filter((line) => line.startsWith('data:'));
      if (lines.length > 0) yield lines.map((line) => line.slice(5).trimStart()).join('\n');
    }
  }
}
