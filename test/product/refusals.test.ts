import type { ClaimRequest } from '@headwright/shared/runner/protocol';
import { Problem } from '@headwright/shared/api/problem';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newKeys } from '../../scripts/local-account.ts';
import { type TestEdge, startTestEdge } from '../harness/edge.ts';

let edge: TestEdge;
beforeAll(async () => {
  edge = await startTestEdge();
});
afterAll(() => edge.stop());

function post(
  body: string | Uint8Array<ArrayBuffer>,
  headers: Record<string, string> = {},
): Promise<Response> {
  const init = { method: 'POST', headers: { 'Content-Type': 'application/json', ...headers }, body };
  return edge.request('/v1/heads', init);
}

async function problemOf(response: Response): Promise<Problem> {
  expect(response.headers.get('Content-Type')).toContain('application/problem+json');
  const problem = Problem.parse(await response.json());
  expect(problem.status).toBe(response.status);
  return problem;
}

/** A runner that would take anything finds nothing. */
async function expectNoJob(): Promise<void> {
  const claim: ClaimRequest = { runner: 'looker', presets: ['smoke', 'draft', 'standard'], wait_s: 0 };
  const response = await edge.request('/runner/v1/claim', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${edge.keys.runnerKey}` },
    body: JSON.stringify(claim),
  });
  expect(response.status).toBe(204);
}

const prompt = (text: string): string => JSON.stringify({ prompt: text });

describe('POST /v1/heads refuses, and leaves no job', () => {
  test.each<[string, string, number, string, string | null]>([
    ['an empty prompt', prompt(''), 422, 'input.invalid', '/prompt'],
    ['a prompt of spaces', prompt('   '), 422, 'input.invalid', '/prompt'],
    ['5,000 characters', prompt('a'.repeat(5000)), 422, 'input.invalid', '/prompt'],
    ['a control character', prompt('an old\u0007 man'), 422, 'input.invalid', '/prompt'],
    ['a lone surrogate', '{"prompt":"an old \\ud800 man"}', 422, 'input.invalid', '/prompt'],
    ['a prompt that is a number', '{"prompt":7}', 422, 'input.invalid', '/prompt'],
    ['no prompt', '{}', 422, 'input.invalid', '/prompt'],
    ['a list', '[]', 422, 'input.invalid', ''],
    ['an unknown field', '{"prompt":"an old man","beard":true}', 422, 'input.invalid', '/beard'],
    ['a fractional seed', '{"prompt":"an old man","seed":0.5}', 422, 'input.invalid', '/seed'],
    ['a negative seed', '{"prompt":"an old man","seed":-1}', 422, 'input.invalid', '/seed'],
    ['an unknown preset', '{"prompt":"an old man","preset":"huge"}', 422, 'input.invalid', '/preset'],
    ['text that is not JSON', 'an old man', 400, 'input.invalid_json', null],
    ['nothing', '', 400, 'input.invalid_json', null],
  ])('%s', async (_, body, status, code, pointer) => {
    const problem = await problemOf(await post(body));
    expect(problem).toMatchObject({ status, code });
    if (pointer !== null) expect(problem.errors?.map((error) => error.pointer)).toContain(pointer);
    await expectNoJob();
  });

  test('binary data', async () => {
    const bytes = Uint8Array.from({ length: 512 }, (_, index) => (index * 151 + 128) % 256);
    const problem = await problemOf(await post(bytes));
    expect([400, 422]).toContain(problem.status);
    await expectNoJob();
  });

  test('undecodable bytes inside a JSON string', async () => {
    const body = Buffer.concat([Buffer.from('{"prompt":"an '), Buffer.from([0xff, 0xfe]), Buffer.from('"}')]);
    const problem = await problemOf(await post(body));
    expect([400, 422]).toContain(problem.status);
    await expectNoJob();
  });

  test('a body beyond the limit', async () => {
    expect((await problemOf(await post(prompt('a'.repeat(100_000))))).status).toBe(413);
    await expectNoJob();
  });

  test.each<[string, string]>([
    ['no key', ''],
    ['a word', 'Bearer secret'],
    ['a well-formed key that nobody has', `Bearer ${newKeys().apiKey}`],
  ])('%s', async (_, authorization) => {
    const response = await post(prompt('an old man'), { Authorization: authorization });
    expect((await problemOf(response)).status).toBe(401);
    await expectNoJob();
  });

  test('a runner’s key', async () => {
    const response = await post(prompt('an old man'), { Authorization: `Bearer ${edge.keys.runnerKey}` });
    expect((await problemOf(response)).status).toBe(401);
    await expectNoJob();
  });
});

describe('a head', () => {
  test('that does not exist is not found', async () => {
    const response = await edge.request(`/v1/heads/head_${'0'.repeat(26)}`);
    expect(await problemOf(response)).toMatchObject({ status: 404, code: 'resource.not_found' });
  });

  test('of another account is not found either, nor are its job, its events and its files', async () => {
    const { head, job } = await edge.api.createHead({ prompt: 'an old man', preset: 'smoke' });
    const headers = { Authorization: `Bearer ${edge.otherApiKey}` };
    const own = await edge.request(`/v1/heads/${head.id}`);
    expect(own.status).toBe(200);
    const paths = [head.urls.self, `${head.urls.self}/file/head.glb`, job.urls.self, job.urls.events];
    for (const path of paths) {
      const problem = await problemOf(await edge.request(path, { headers }));
      expect(problem).toMatchObject({ status: 404, code: 'resource.not_found' });
    }
    const cancel = await edge.request(job.urls.cancel, { method: 'POST', headers });
    expect((await problemOf(cancel)).status).toBe(404);
    expect((await edge.api.getJob(job.id)).status).toBe('queued');
  });
});
