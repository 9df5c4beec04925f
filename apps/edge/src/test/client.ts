import { exports } from 'cloudflare:workers';
import { checkContract } from './contract-check.ts';

/** What answers requests: the Worker itself, or an application that a test has built. */
export type Fetcher = (request: Request) => Promise<Response> | Response;

const viaWorker: Fetcher = (request) => exports.default.fetch(request);

export interface CallOptions {
  headers?: Record<string, string>;
  /** Sent as JSON. */
  json?: unknown;
  /** Sent as it is. */
  body?: BodyInit;
  signal?: AbortSignal;
}

/** Calls the edge with a key, as a program would; an answer that breaks its contract fails the test. */
export function makeClient(key: string | null, fetcher: Fetcher = viaWorker) {
  return async function call(method: string, path: string, options: CallOptions = {}): Promise<Response> {
    const headers = new Headers(options.headers);
    if (key !== null) headers.set('Authorization', `Bearer ${key}`);
    if ('json' in options) headers.set('Content-Type', headers.get('Content-Type') ?? 'application/json');
    const body = 'json' in options ? JSON.stringify(options.json) : options.body;
    const response = await fetcher(
      new Request(`https://edge.test${path}`, {
        method,
        headers,
        redirect: 'manual',
        ...(body === undefined ? {} : { body }),
        ...(options.signal === undefined ? {} : { signal: options.signal }),
      }),
    );
    await checkContract(method, path, response);
    return response;
  };
}

export type Client = ReturnType<typeof makeClient>;
