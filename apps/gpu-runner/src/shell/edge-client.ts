import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import {
  type ClaimRequest,
  ClaimResponse,
  type CompleteRequest,
  type FailRequest,
  type FileRecord,
  type HeartbeatRequest,
  HeartbeatResponse,
  type OfferedFile,
} from '@headwright/shared/runner/protocol';
import { type Call, createEdgeCall } from './edge-call.ts';
import { isWorthRetrying } from './edge-errors.ts';
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
  /** Downloads a private file that the claim has offered; rejects when its bytes are others. */
  getOffered(
    attempt: Attempt,
    name: 'base' | 'checkpoint',
    offered: OfferedFile,
    signal: AbortSignal,
  ): Promise<Uint8Array>;
  /** Not retried here: the next checkpoint is the retry. */
  putCheckpoint(attempt: Attempt, bytes: Uint8Array, signal: AbortSignal): Promise<void>;
  complete(attempt: Attempt, request: CompleteRequest, signal: AbortSignal): Promise<void>;
  fail(attempt: Attempt, request: FailRequest, signal: AbortSignal): Promise<void>;
}

/** For the largest file over a slow line. */
const TRANSFER_TIMEOUT_MS = 600_000;
/** A checkpoint is not worth a long wait, and a base whose edge is away costs one attempt. */
const DOWNLOAD_TRIES_MAX = 4;

/** Creates a client for one edge and one runner's key. */
export function createEdgeClient(edgeUrl: string, runnerKey: string): EdgeClient {
  const call = createEdgeCall(edgeUrl, runnerKey);
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
      const body = Uint8Array.from(await readFile(path));
      const digest = Buffer.from(record.sha256, 'hex');
      const headers = { 'Content-Type': record.content_type, ...contentDigest(digest) };
      const call = { ...transfer('PUT', attempt, `files/${record.name}`), headers, body };
      await callUntilAnswered(call, signal);
    },
    getOffered(attempt, name, offered, signal) {
      const download = async (): Promise<Uint8Array> => {
        const response = await call(transfer('GET', attempt, name), signal);
        const bytes = new Uint8Array(await response.arrayBuffer());
        const sha256 = sha256Of(bytes).toString('hex');
        if (bytes.byteLength === offered.bytes && sha256 === offered.sha256) return bytes;
        throw new Error(`getOffered: expected the ${name} ${offered.sha256}, got ${sha256}`);
      };
      return retry(download, { isWorthRetrying, signal, triesMax: DOWNLOAD_TRIES_MAX });
    },
    putCheckpoint(attempt, bytes, signal) {
      const body = Uint8Array.from(bytes);
      const headers = contentDigest(sha256Of(body));
      return call({ ...transfer('PUT', attempt, 'checkpoint'), headers, body }, signal).then(drain);
    },
    complete(attempt, request, signal) {
      return callUntilAnswered(json(jobPath(attempt, 'complete'), request, attempt.token), signal);
    },
    fail(attempt, request, signal) {
      return callUntilAnswered(json(jobPath(attempt, 'fail'), request, attempt.token), signal);
    },
  };
}

/** A call that moves a file. */
function transfer(method: 'GET' | 'PUT', attempt: Attempt, rest: string): Call {
  return { method, path: jobPath(attempt, rest), token: attempt.token, timeoutMs: TRANSFER_TIMEOUT_MS };
}

const sha256Of = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();

/** RFC 9530. */
function contentDigest(sha256: Buffer): Record<string, string> {
  return { 'Content-Digest': `sha-256=:${sha256.toString('base64')}:` };
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
