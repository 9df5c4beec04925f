import { describe, expect, test } from 'vitest';
import { HeadwrightError } from './headwright-error.ts';
import { Headwright } from './headwright.ts';

interface Sent {
  method: string;
  path: string;
  headers: Headers;
  body: unknown;
}

const JOB = { id: 'job_1', object: 'job', status: 'queued', terminal: false, error: null };

function json(value: unknown, status = 200, headers: Record<string, string> = {}): Response {
  const type = status < 400 ? 'application/json' : 'application/problem+json';
  return new Response(JSON.stringify(value), { status, headers: { 'Content-Type': type, ...headers } });
}

function problem(
  status: number,
  code: string,
  retryable: boolean,
  headers: Record<string, string> = {},
): Response {
  const body = { type: `/v1/errors/${code}`, title: 't', status, detail: 'd', code, retryable };
  return json(body, status, { 'Request-Id': 'req_1', ...headers });
}

/** A client whose answers are given in order; a thrown one is a broken connection. */
function makeClient(answers: (Response | Error)[]) {
  const sent: Sent[] = [];
  const waitsMs: number[] = [];
  const client = new Headwright({
    apiKey: 'hk_test_x',
    baseUrl: 'https://edge.test',
    random: () => 1,
    sleep: async (ms) => void waitsMs.push(ms),
    fetch: async (input, init) => {
      const request = new Request(input, init);
      const text = await request.text();
      const { pathname, search } = new URL(request.url);
      sent.push({
        method: request.method,
        path: pathname + search,
        headers: request.headers,
        body: text === '' ? null : JSON.parse(text),
      });
      const answer = answers.shift();
      if (answer === undefined) throw new Error('makeClient: expected another answer');
      if (answer instanceof Error) throw answer;
      return answer;
    },
  });
  return { client, sent, waitsMs };
}

const created = () => json({ head: { id: 'head_1' }, job: JOB }, 202);

describe('a request', () => {
  test('carries the key, and what it asks for', async () => {
    const { client, sent } = makeClient([json(JOB)]);
    await client.getJob('job_1');
    expect(sent).toMatchObject([{ method: 'GET', path: '/v1/jobs/job_1', body: null }]);
    expect(sent[0]?.headers.get('Authorization')).toBe('Bearer hk_test_x');
  });

  test('escapes what stands in its path', async () => {
    const { client, sent } = makeClient([json(JOB)]);
    await client.getJob('../keys?x');
    expect(sent[0]?.path).toBe('/v1/jobs/..%2Fkeys%3Fx');
  });

  test('that pays carries one idempotency key, the same at every attempt', async () => {
    const { client, sent } = makeClient([new Error('cut'), problem(500, 'internal.error', true), created()]);
    await client.createHead({ prompt: 'a red demon' });
    const keys = sent.map(({ headers }) => headers.get('Idempotency-Key'));
    expect(keys).toHaveLength(3);
    expect(new Set(keys).size).toBe(1);
    expect(keys[0]).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('uses the idempotency key of its caller', async () => {
    const { client, sent } = makeClient([created()]);
    await client.createHead({ prompt: 'a red demon' }, { idempotencyKey: 'order-7' });
    expect(sent[0]?.headers.get('Idempotency-Key')).toBe('order-7');
  });
});

describe('trying again', () => {
  test('waits longer each time, and never less than the server asks', async () => {
    const { client, waitsMs } = makeClient([
      problem(500, 'internal.error', true),
      problem(429, 'limit.queue_full', true, { 'Retry-After': '7' }),
      problem(500, 'internal.error', true),
      json(JOB),
    ]);
    await client.getJob('job_1');
    expect(waitsMs).toEqual([500, 7000, 2000]);
  });

  test('ends after four times with the last problem', async () => {
    const { client, sent } = makeClient(
      Array.from({ length: 5 }, () => problem(500, 'internal.error', true)),
    );
    await expect(client.getJob('job_1')).rejects.toMatchObject({
      code: 'internal.error',
      requestId: 'req_1',
    });
    expect(sent).toHaveLength(5);
  });

  test.each([
    [422, 'input.invalid', false],
    [404, 'resource.not_found', false],
    [409, 'resource.not_ready', true],
  ])('does not happen after %i %s', async (status, code, retryable) => {
    const { client, sent } = makeClient([problem(status, code, retryable)]);
    await expect(client.getJob('job_1')).rejects.toBeInstanceOf(HeadwrightError);
    expect(sent).toHaveLength(1);
  });

  test('stops when the caller aborts', async () => {
    const { client, sent } = makeClient([new Error('cut')]);
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(client.getJob('job_1', {}, { signal })).rejects.toThrow('enough');
    expect(sent.length).toBeLessThanOrEqual(1);
  });

  test('an answer of something that is not the API is an error of its own', async () => {
    const { client } = makeClient([new Response('<html>', { status: 404 })]);
    await expect(client.getJob('job_1')).rejects.toMatchObject({ code: 'http.404', problem: null });
  });
});

describe('waiting', () => {
  const frame = (job: object) => `id: 1\nevent: job\ndata: ${JSON.stringify({ sequence: 1, job })}\n\n`;
  const stream = (...frames: string[]) =>
    new Response(frames.join(''), { headers: { 'Content-Type': 'text/event-stream' } });
  const done = { ...JOB, status: 'succeeded', terminal: true };

  test('follows the events to the end, passing comments over', async () => {
    const { client } = makeClient([stream(frame(JOB), ': ping\n\n', frame(done))]);
    const seen: string[] = [];
    const job = await client.waitForJob('job_1', { onProgress: ({ status }) => seen.push(status) });
    expect(job.status).toBe('succeeded');
    expect(seen).toEqual(['queued', 'succeeded']);
  });

  test('polls when a stream is cut, and takes it up again', async () => {
    const { client, sent } = makeClient([stream(frame(JOB)), json(JOB), stream(frame(done))]);
    expect((await client.waitForJob('job_1')).status).toBe('succeeded');
    expect(sent.map(({ path }) => path)).toEqual([
      '/v1/jobs/job_1/events',
      '/v1/jobs/job_1',
      '/v1/jobs/job_1/events',
    ]);
  });

  test('for a head brings it, or throws what its job says', async () => {
    const finished = makeClient([created(), stream(frame(done)), json({ id: 'head_1', files: [] })]);
    expect((await finished.client.makeHead({ prompt: 'a red demon' })).id).toBe('head_1');
    const error = {
      type: 't',
      title: 't',
      status: 500,
      detail: 'd',
      code: 'job.engine_failed',
      retryable: true,
    };
    const failed = makeClient([created(), stream(frame({ ...done, status: 'failed', error }))]);
    await expect(failed.client.makeHead({ prompt: 'a red demon' })).rejects.toMatchObject({
      code: 'job.engine_failed',
    });
  });

  test('is over when the job is none of ours', async () => {
    const { client } = makeClient([problem(404, 'resource.not_found', false)]);
    await expect(client.waitForJob('job_1')).rejects.toMatchObject({ status: 404 });
  });
});

test('a list is walked page by page', async () => {
  const { client, sent } = makeClient([
    json({ data: [{ id: 'rev_1' }, { id: 'rev_2' }], has_more: true }),
    json({ data: [{ id: 'rev_3' }], has_more: false }),
  ]);
  const ids: string[] = [];
  const pages = client.all((after) =>
    client.listRevisions('head_1', after === undefined ? {} : { starting_after: after }),
  );
  for await (const { id } of pages) ids.push(id);
  expect(ids).toEqual(['rev_1', 'rev_2', 'rev_3']);
  expect(sent[1]?.path).toBe('/v1/heads/head_1/revisions?starting_after=rev_2');
});
