import { readFile } from 'node:fs/promises';
import { Problem } from '@headwright/shared/api/problem';
import {
  ATTEMPT_TOKEN_HEADER,
  type ClaimRequest,
  ClaimResponse,
  type CompleteRequest,
  type FailRequest,
  type FileRecord,
  type HeartbeatRequest,
  HeartbeatResponse,
} from '@headwright/shared/runner/protocol';
import { EdgeRefusal, StaleAttempt, isWorthRetrying } from './edge-errors.ts';
import { retry } from './retry.ts';

/** What stands in every write about a job: which one, and the token that fences this attempt. */
export interface Attempt {
  readonly jobId: string;
  readonly token: string;
}

/**
 * Typed calls of the runner protocol. Every reply is parsed; a write with a token that no longer
 * holds the job throws `StaleAttempt`, any other refusal `EdgeRefusal`.
 */
export interface EdgeClient {
  /** Null: nothing to do. Not retried here: the claim loop is the retry. */
  claim(request: ClaimRequest, signal: AbortSignal): Promise<ClaimResponse | null>;
  /** Not retried here: the lease decides how long to go on. */
  heartbeat(attempt: Attempt, request: HeartbeatRequest, signal: AbortSignal): Promise<HeartbeatResponse>;
  putPreview(attempt: Attempt, png: Uint8Array, signal: AbortSignal): Promise<void>;
  putFile(attempt: Attempt, path: string, record: FileRecord, signal: AbortSignal): Promise<void>;
  complete(attempt: Attempt, request: CompleteRequest, signal: AbortSignal): Promise<void>;
  fail(attempt: Attempt, request: FailRequest, signal: AbortSignal): Promise<void>;
}

interface Call {
  readonly method: 'POST' | 'PUT';
  readonly path: string;
  readonly token?: string;
  readonly headers?: Record<string, string>;
  readonly body: string | Uint8Array<ArrayBuffer>;
}

/** A claim or a heartbeat may be held 25 s by the edge; this much more and the connection is dead. */
const ANSWER_TIMEOUT_MS = 40_000;

/** Creates a client for one edge and one runner's key. */
export function createEdgeClient(edgeUrl: string, runnerKey: string): EdgeClient {
  const call = async (request: Call, signal: AbortSignal): Promise<Response> => {
    const response = await fetch(new URL(request.path, edgeUrl), {
      method: request.method,
      headers: {
        Authorization: `Bearer ${runnerKey}`,
        ...(request.token === undefined ? {} : { [ATTEMPT_TOKEN_HEADER]: request.token }),
        ...request.headers,
      },
      body: request.body,
      signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWER_TIMEOUT_MS)]),
    });
    if (!response.ok) throw await refusalOf(response, request);
    return response;
  };
  const callUntilAnswered = async (request: Call, signal: AbortSignal): Promise<void> => {
    await retry(() => call(request, signal).then((response) => response.arrayBuffer()), {
      isWorthRetrying,
      signal,
    });
  };
  return {
    async claim(request, signal) {
      const response = await call(json('/runner/v1/claim', request), signal);
      return response.status === 204 ? null : ClaimResponse.parse(await response.json());
    },
    async heartbeat(attempt, request, signal) {
      const response = await call(json(jobPath(attempt, 'heartbeat'), request, attempt.token), signal);
      return HeartbeatResponse.parse(await response.json());
    },
    putPreview(attempt, png, signal) {
      const headers = { 'Content-Type': 'image/png' };
      const body = Uint8Array.from(png);
      const path = jobPath(attempt, 'preview');
      return call({ method: 'PUT', path, token: attempt.token, headers, body }, signal).then(drain);
    },
    async putFile(attempt, path, record, signal) {
      const digest = Buffer.from(record.sha256, 'hex').toString('base64');
      const headers = { 'Content-Type': record.content_type, 'Content-Digest': `sha-256=:${digest}:` };
      const url = jobPath(attempt, `files/${record.name}`);
      const body = Uint8Array.from(await readFile(path));
      await callUntilAnswered({ method: 'PUT', path: url, token: attempt.token, headers, body }, signal);
    },
    complete(attempt, request, signal) {
      return callUntilAnswered(json(jobPath(attempt, 'complete'), request, attempt.token), signal);
    },
    fail(attempt, request, signal) {
      return callUntilAnswered(json(jobPath(attempt, 'fail'), request, attempt.token), signal);
    },
  };
}

function jobPath(attempt: Attempt, rest: string): string {
  return `/runner/v1/jobs/${attempt.jobId}/${rest}`;
}

function json(path: string, body: unknown, token?: string): Call {
  const headers = { 'Content-Type': 'application/json' };
  return {
    method: 'POST',
    path,
    headers,
    body: JSON.stringify(body),
    ...(token === undefined ? {} : { token }),
  };
}

async function drain(response: Response): Promise<void> {
  await response.arrayBuffer();
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
