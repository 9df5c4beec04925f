import { createHash } from 'node:crypto';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Attempt, createEdgeClient } from './edge-client.ts';
import { EdgeRefusal, StaleAttempt } from './edge-errors.ts';

const attempt: Attempt = { jobId: 'job_1', token: 'secret' };
const never = new AbortController().signal;
const client = createEdgeClient('http://edge.test', 'rk_key');

const answer = (status: number, body: unknown): Response =>
  new Response(status === 204 ? null : JSON.stringify(body), { status });
const problem = (status: number, code: string, retryable: boolean): Response =>
  answer(status, { type: 'about:blank', title: code, status, detail: 'because', code, retryable });

const edge = vi.fn<(url: URL, init: RequestInit) => Promise<Response>>();

beforeEach(() => {
  vi.stubGlobal('fetch', edge);
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  edge.mockReset();
});

/** Lets every backoff pass at once. */
async function settle<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {});
  await vi.advanceTimersByTimeAsync(120_000);
  return promise;
}

const fail = (): Promise<void> =>
  client.fail(attempt, { code: 'engine_failed', detail: 'x', retryable: true }, never);

describe('createEdgeClient', () => {
  test('sends the runner’s key, and the attempt token with every write about a job', async () => {
    edge.mockImplementation(async () => answer(200, { verdict: 'continue' }));
    await client.heartbeat(attempt, { progress: null, wait_s: 1 }, never);
    const [url, init] = edge.mock.calls[0];
    expect(String(url)).toBe('http://edge.test/runner/v1/jobs/job_1/heartbeat');
    expect(init.headers).toMatchObject({ Authorization: 'Bearer rk_key', 'Attempt-Token': 'secret' });
  });

  test('a claim without a job is null, one that is malformed is refused', async () => {
    edge.mockResolvedValueOnce(answer(204, null)).mockResolvedValueOnce(answer(200, { job: {} }));
    const request = { runner: 'r', presets: ['draft' as const], wait_s: 0 };
    expect(await client.claim(request, never)).toBeNull();
    await expect(client.claim(request, never)).rejects.toThrow();
  });

  test('uploads a file with the digest that was stated for it', async () => {
    vi.useRealTimers();
    const path = join(await mkdtemp(join(tmpdir(), 'headwright-test-')), 'head.glb');
    await writeFile(path, 'glb');
    const sha256 = createHash('sha256').update('glb').digest();
    edge.mockImplementation(async () => answer(204, null));
    const record = {
      name: 'head.glb',
      content_type: 'model/gltf-binary',
      bytes: 3,
      sha256: sha256.toString('hex'),
    };
    await client.putFile(attempt, path, record, never);
    const [url, init] = edge.mock.calls[0];
    expect(String(url)).toBe('http://edge.test/runner/v1/jobs/job_1/files/head.glb');
    expect(init.headers).toMatchObject({ 'Content-Digest': `sha-256=:${sha256.toString('base64')}:` });
  });

  test('goes on through lost connections and faults of the server', async () => {
    edge
      .mockRejectedValueOnce(new TypeError('fetch failed'))
      .mockResolvedValueOnce(new Response('bad gateway', { status: 502 }))
      .mockResolvedValueOnce(problem(500, 'internal.error', true))
      .mockResolvedValueOnce(answer(200, {}));
    await settle(fail());
    expect(edge).toHaveBeenCalledTimes(4);
  });

  test('gives up in the end', async () => {
    edge.mockImplementation(async () => problem(500, 'internal.error', true));
    await expect(settle(fail())).rejects.toThrow(EdgeRefusal);
    expect(edge).toHaveBeenCalledTimes(6);
  });

  test.each([
    [problem(409, 'attempt.stale', false), StaleAttempt],
    [problem(409, 'attempt.incomplete', true), EdgeRefusal],
    [problem(422, 'input.invalid', false), EdgeRefusal],
    [problem(401, 'auth.invalid_key', false), EdgeRefusal],
  ])('never repeats a refusal: %s', async (response, expected) => {
    edge.mockResolvedValueOnce(response);
    await expect(settle(fail())).rejects.toThrow(expected);
    expect(edge).toHaveBeenCalledTimes(1);
  });

  test('an abort ends the waiting between tries', async () => {
    const stop = new AbortController();
    edge.mockRejectedValue(new TypeError('fetch failed'));
    const failing = client.fail(attempt, { code: 'shutdown', detail: '', retryable: true }, stop.signal);
    failing.catch(() => {});
    await vi.advanceTimersByTimeAsync(1);
    stop.abort(new Error('enough'));
    await expect(failing).rejects.toThrow('enough');
  });

  test('an offered file is taken only if its bytes are those that were offered', async () => {
    const bytes = new TextEncoder().encode('state');
    const offered = { bytes: 5, sha256: createHash('sha256').update(bytes).digest('hex') };
    edge.mockImplementation(async () => new Response(bytes));
    expect(await settle(client.getOffered(attempt, 'base', offered, never))).toEqual(bytes);
    const [url, init] = edge.mock.calls[0];
    expect([init.method, String(url)]).toEqual(['GET', 'http://edge.test/runner/v1/jobs/job_1/base']);
    expect(init.headers).toMatchObject({ 'Attempt-Token': 'secret' });
    const other = { ...offered, sha256: '0'.repeat(64) };
    await expect(settle(client.getOffered(attempt, 'checkpoint', other, never))).rejects.toThrow(
      'expected the checkpoint 0000',
    );
  });
});
