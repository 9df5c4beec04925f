import type { Progress } from '@headwright/shared/runner/progress';
import {
  ATTEMPT_TOKEN_HEADER,
  ClaimResponse,
  type FailRequest,
  FinishResponse,
  HeartbeatResponse,
  type ModelFacts,
} from '@headwright/shared/runner/protocol';
import { type Fetcher, makeClient } from './client.ts';
import { makeRunnerKey } from './factories.ts';

export type Claim = ClaimResponse;

export interface DraftFile {
  name: string;
  contentType: string;
  bytes: Uint8Array;
  model?: ModelFacts;
}

const toHex = (bytes: Uint8Array) => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');

export async function sha256(bytes: Uint8Array): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
}

export const sha256Hex = async (bytes: Uint8Array) => toHex(await sha256(bytes));

/** A progress report somewhere in the middle. */
export function progressAt(fraction: number): Progress {
  return { stage: 'geometry', stage_index: 1, stage_count: 4, step: 3, of: 10, fraction, eta_s: 12 };
}

/** What a runner says of a file that it has uploaded. */
async function recordOf({ name, contentType, bytes, model }: DraftFile) {
  const record = { name, content_type: contentType, bytes: bytes.byteLength, sha256: await sha256Hex(bytes) };
  return model === undefined ? record : { ...record, model };
}

/** Speaks the runner protocol, checking every answer against its schema, and makes no heads. */
export async function makeFakeRunner(
  options: { fetcher?: Fetcher; mode?: 'test' | 'live' | 'any'; models?: string[] } = {},
) {
  const call = makeClient(await makeRunnerKey(options.mode), options.fetcher);
  const token = (claim: Claim) => ({ [ATTEMPT_TOKEN_HEADER]: claim.attempt.token });
  const at = (claim: Claim, verb: string) => `/runner/v1/jobs/${claim.job.job_id}/${verb}`;

  async function put(claim: Claim, path: string, bytes: Uint8Array): Promise<Response> {
    const digest = btoa(String.fromCharCode(...(await sha256(bytes))));
    const headers = {
      ...token(claim),
      'Content-Digest': `sha-256=:${digest}:`,
      'Content-Length': String(bytes.byteLength),
    };
    return call('PUT', at(claim, path), { headers, body: bytes });
  }

  return {
    call,
    async claim(waitS = 0): Promise<Claim | null> {
      const { models } = options;
      const json = { runner: 'fake', presets: ['smoke', 'draft', 'standard'], models, wait_s: waitS };
      const response = await call('POST', '/runner/v1/claim', { json });
      if (response.status === 204) return null;
      return ClaimResponse.parse(await response.json());
    },
    async heartbeat(claim: Claim, progress: Progress | null = null, waitS = 0) {
      const json = { progress, wait_s: waitS };
      const response = await call('POST', at(claim, 'heartbeat'), { headers: token(claim), json });
      return HeartbeatResponse.parse(await response.json()).verdict;
    },
    preview: (claim: Claim, png: Uint8Array) =>
      call('PUT', at(claim, 'preview'), { headers: token(claim), body: png }),
    upload: (claim: Claim, file: DraftFile) => put(claim, `files/${file.name}`, file.bytes),
    saveCheckpoint: (claim: Claim, bytes: Uint8Array) => put(claim, 'checkpoint', bytes),
    readBase: (claim: Claim) => call('GET', at(claim, 'base'), { headers: token(claim) }),
    readCheckpoint: (claim: Claim) => call('GET', at(claim, 'checkpoint'), { headers: token(claim) }),
    async complete(claim: Claim, files: DraftFile[], warnings: string[] = []): Promise<Response> {
      const json = { files: await Promise.all(files.map(recordOf)), warnings };
      return call('POST', at(claim, 'complete'), { headers: token(claim), json });
    },
    fail: (claim: Claim, code: FailRequest['code'], retryable = true) =>
      call('POST', at(claim, 'fail'), {
        headers: token(claim),
        json: { code, detail: 'because', retryable },
      }),
    /** Uploads and completes; the status that the job then has. */
    async finish(claim: Claim, files: DraftFile[]): Promise<string> {
      for (const file of files) {
        const response = await this.upload(claim, file);
        if (response.status !== 204) throw new Error(`upload: ${await response.text()}`);
      }
      return FinishResponse.parse(await (await this.complete(claim, files)).json()).status;
    },
  };
}

export type FakeRunner = Awaited<ReturnType<typeof makeFakeRunner>>;
