import type { CreateHeadResponse, Head } from '@headwright/shared/api/heads';
import type { Job } from '@headwright/shared/api/jobs';
import type { Problem } from '@headwright/shared/api/problem';

/** An answer that was not a success, with the problem document that explains it. */
export class ProblemError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail);
    this.problem = problem;
  }
}

/** What the page asks of the public API, with one key. */
export interface Api {
  createHead(request: Record<string, unknown>): Promise<CreateHeadResponse>;
  getHead(url: string): Promise<Head>;
  getJob(url: string): Promise<Job>;
  cancelJob(url: string): Promise<Job>;
  openEvents(
    url: string,
    lastEventId: string | null,
    signal: AbortSignal,
  ): Promise<ReadableStream<Uint8Array>>;
  getFile(url: string): Promise<Blob>;
}

/** Calls of the public API that send `key` as the Bearer key and throw `ProblemError` for refusals. */
export function createApi(key: string): Api {
  const send = async (url: string, init: RequestInit = {}): Promise<Response> => {
    const headers = new Headers(init.headers);
    headers.set('authorization', `Bearer ${key}`);
    const response = await fetch(samePath(url), { ...init, headers });
    if (!response.ok) throw new ProblemError(await readProblem(response));
    return response;
  };
  // The server's own schemas made these bodies and its tests parse them, so the page trusts their shape.
  const json = async <T>(url: string, init?: RequestInit): Promise<T> => (await send(url, init)).json() as T;

  return {
    createHead: (request) =>
      json('/v1/heads', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(request),
      }),
    getHead: (url) => json(url),
    getJob: (url) => json(url),
    cancelJob: (url) => json(url, { method: 'POST' }),
    async openEvents(url, lastEventId, signal) {
      const headers: Record<string, string> = { accept: 'text/event-stream' };
      if (lastEventId !== null) headers['last-event-id'] = lastEventId;
      const { body } = await send(url, { headers, signal });
      if (!body) throw new Error('openEvents: expected a stream, got an empty answer');
      return body;
    },
    getFile: async (url) => (await send(url)).blob(),
  };
}

// Links in answers may be absolute; the key only ever goes to the origin that served this page.
function samePath(url: string): string {
  const { pathname, search } = new URL(url, location.href);
  return pathname + search;
}

async function readProblem(response: Response): Promise<Problem> {
  const isProblem = response.headers.get('content-type')?.startsWith('application/problem+json');
  if (isProblem) return response.json() as Promise<Problem>;
  return {
    type: 'about:blank',
    title: response.statusText,
    status: response.status,
    detail: `The server answered ${response.status}.`,
    code: 'internal.error',
    retryable: response.status >= 500,
  };
}
