import { Problem } from '@headwright/shared/api/problem';
import { ATTEMPT_TOKEN_HEADER } from '@headwright/shared/runner/protocol';
import { EdgeRefusal, StaleAttempt } from './edge-errors.ts';

/** One request of the runner protocol. */
export interface Call {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly path: string;
  readonly token?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string | Uint8Array<ArrayBuffer>;
  readonly timeoutMs?: number;
}

/** Sends a request; rejects with `StaleAttempt` or `EdgeRefusal` when the answer is a refusal. */
export type EdgeCall = (request: Call, signal: AbortSignal) => Promise<Response>;

/** A claim or a heartbeat may be held 25 s by the edge; this much more and the connection is dead. */
const ANSWER_TIMEOUT_MS = 40_000;

/** Creates the calls of one runner's key to one edge. */
export function createEdgeCall(edgeUrl: string, runnerKey: string): EdgeCall {
  return async (request, signal) => {
    const { method, path, token, headers, body, timeoutMs = ANSWER_TIMEOUT_MS } = request;
    const response = await fetch(new URL(path, edgeUrl), {
      method,
      headers: {
        Authorization: `Bearer ${runnerKey}`,
        ...(token === undefined ? {} : { [ATTEMPT_TOKEN_HEADER]: token }),
        ...headers,
      },
      ...(body === undefined ? {} : { body }),
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
    });
    if (!response.ok) throw await refusalOf(response, request);
    return response;
  };
}

async function refusalOf(response: Response, request: Call): Promise<Error> {
  const what = `${request.method} ${request.path}`;
  const body = Problem.safeParse(parseJson(await response.text()));
  if (!body.success) return new EdgeRefusal(what, response.status, null);
  if (response.status === 409 && body.data.code === 'attempt.stale') return new StaleAttempt(what);
  return new EdgeRefusal(what, response.status, body.data);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // not JSON: a proxy's error page, which the schema refuses
  }
}
