import { CreateHeadResponse } from '@headwright/shared/api/heads';
import { Job } from '@headwright/shared/api/jobs';
import { JSON_BODY_MAX_BYTES } from '@headwright/shared/limits';
import { sql } from 'drizzle-orm';
import { afterEach, describe, expect, test } from 'vitest';
import { jobs } from '../../../db/schema/jobs.ts';
import { type CallOptions, makeClient } from '../../../test/client.ts';
import { createJob } from '../../../test/create-job.ts';
import { expectProblem } from '../../../test/expect-problem.ts';
import { countRows, deps, endAllJobs, makeAccount, makeEdge } from '../../../test/factories.ts';
import { makeFakeRunner } from '../../../test/fake-runner.ts';

const NOTHING = { headCount: 0, jobCount: 0, eventCount: 0 };

afterEach(endAllJobs);

test('a head needs nothing but a prompt: the rest has defaults', async () => {
  const { key } = await makeAccount();
  const response = await makeClient(key)('POST', '/v1/heads', { json: { prompt: '  an elf\u00a0' } });
  const { head } = CreateHeadResponse.parse(await response.json());
  expect(head).toMatchObject({
    prompt: 'an elf',
    negative_prompt: null,
    preset: 'standard',
    labels: [],
    warnings: [],
  });
  expect(head.seed).toBeGreaterThanOrEqual(0);
});

test('a named real person passes with a label on the head', async () => {
  const { key } = await makeAccount();
  const call = makeClient(key);
  const { head } = await createJob(call, 'Taylor Swift as an elf');
  expect(head.labels).toEqual(['real_person:Taylor Swift']);
  const read: unknown = await (await call('GET', head.urls.self)).json();
  expect(read).toMatchObject({ labels: ['real_person:Taylor Swift'] });
});

describe('a body is refused, with a pointer to each fault and no row left behind:', () => {
  const cases: [string, unknown, [pointer: string, code: string][]][] = [
    ['an empty object', {}, [['/prompt', 'required']]],
    ['a list', [], [['', 'invalid_type']]],
    ['null', null, [['', 'invalid_type']]],
    ['an empty prompt', { prompt: '' }, [['/prompt', 'invalid_value']]],
    ['a blank prompt', { prompt: ' \t\n ' }, [['/prompt', 'invalid_value']]],
    ['5,000 characters', { prompt: 'a'.repeat(5000) }, [['/prompt', 'invalid_value']]],
    ['1,001 emoji', { prompt: '😀'.repeat(1001) }, [['/prompt', 'invalid_value']]],
    ['a control character', { prompt: 'an\u0000elf' }, [['/prompt', 'invalid_value']]],
    ['a line break inside', { prompt: 'an\nelf' }, [['/prompt', 'invalid_value']]],
    ['an escape sequence', { prompt: '\u001b[31mred' }, [['/prompt', 'invalid_value']]],
    ['decoded binary', { prompt: 'PNG\ufffd\ufffd' }, [['/prompt', 'invalid_value']]],
    ['a lone surrogate', { prompt: 'an \ud800 elf' }, [['/prompt', 'invalid_value']]],
    ['a number as prompt', { prompt: 7 }, [['/prompt', 'invalid_type']]],
    ['a list as prompt', { prompt: ['an elf'] }, [['/prompt', 'invalid_type']]],
    [
      'a long negative prompt',
      { prompt: 'x', negative_prompt: 'a'.repeat(1001) },
      [['/negative_prompt', 'invalid_value']],
    ],
    [
      'null as negative prompt',
      { prompt: 'x', negative_prompt: null },
      [['/negative_prompt', 'invalid_type']],
    ],
    ['a negative seed', { prompt: 'x', seed: -1 }, [['/seed', 'too_small']]],
    ['a fractional seed', { prompt: 'x', seed: 1.5 }, [['/seed', 'invalid_type']]],
    ['a seed of 32 bits', { prompt: 'x', seed: 2 ** 31 }, [['/seed', 'too_big']]],
    ['a seed in quotes', { prompt: 'x', seed: '7' }, [['/seed', 'invalid_type']]],
    ['an unknown preset', { prompt: 'x', preset: 'ultra' }, [['/preset', 'invalid_value']]],
    ['an unknown field', { prompt: 'x', prompts: 1 }, [['/prompts', 'unknown_field']]],
    [
      'awkward field names',
      { prompt: 'x', 'a/b~c': 1, '': 2 },
      [
        ['/a~1b~0c', 'unknown_field'],
        ['/', 'unknown_field'],
      ],
    ],
    [
      'two faults at once',
      { seed: -1, x: 1 },
      [
        ['/prompt', 'required'],
        ['/seed', 'too_small'],
        ['/x', 'unknown_field'],
      ],
    ],
  ];
  test.each(cases)('%s', async (_, json, faults) => {
    const { id, key } = await makeAccount();
    const problem = await expectProblem(
      await makeClient(key)('POST', '/v1/heads', { json }),
      'input.invalid',
    );
    expect(problem.errors?.map(({ pointer, code }) => [pointer, code])).toEqual(faults);
    expect(problem.errors?.every(({ detail }) => detail.length > 0)).toBe(true);
    expect(await countRows(id)).toEqual(NOTHING);
  });

  test('a thousand emoji are a thousand characters', async () => {
    const { key } = await makeAccount();
    const response = await makeClient(key)('POST', '/v1/heads', { json: { prompt: '😀'.repeat(1000) } });
    expect(response.status).toBe(202);
  });

  const JSON_TYPE = { 'Content-Type': 'application/json' };
  const raw: [
    string,
    CallOptions,
    'input.invalid_json' | 'input.unsupported_media_type' | 'input.too_large',
  ][] = [
    ['text that is no JSON', { headers: JSON_TYPE, body: '{"prompt": ' }, 'input.invalid_json'],
    ['nothing', { headers: JSON_TYPE }, 'input.invalid_json'],
    [
      'binary',
      { headers: JSON_TYPE, body: new Uint8Array([0x7b, 0xff, 0xfe, 0x00, 0x7d]) },
      'input.invalid_json',
    ],
    ['a form', { body: new URLSearchParams({ prompt: 'an elf' }) }, 'input.unsupported_media_type'],
    [
      'plain text',
      { headers: { 'Content-Type': 'text/plain' }, body: '{"prompt":"an elf"}' },
      'input.unsupported_media_type',
    ],
    [
      'JSON without its type',
      { body: new TextEncoder().encode('{"prompt":"an elf"}') },
      'input.unsupported_media_type',
    ],
    ['more than 32 KiB', { json: { prompt: 'x', pad: 'a'.repeat(JSON_BODY_MAX_BYTES) } }, 'input.too_large'],
    ['more than 32 KiB in pieces', { headers: JSON_TYPE, body: endless() }, 'input.too_large'],
  ];
  test.each(raw)('%s', async (_, options, code) => {
    const { id, key } = await makeAccount();
    await expectProblem(await makeClient(key)('POST', '/v1/heads', options), code);
    expect(await countRows(id)).toEqual(NOTHING);
  });

  test('what moderation refuses', async () => {
    const { id, key } = await makeAccount();
    const call = makeClient(key);
    for (const [prompt, category] of [
      ['a naked woman', 'sexual'],
      ['a naked boy', 'sexual_minor'],
      ['a faggot', 'hate'],
      ['a decapitated man', 'gore'],
    ] as const) {
      const problem = await expectProblem(
        await call('POST', '/v1/heads', { json: { prompt } }),
        `safety.prompt.${category}`,
      );
      expect(problem.errors).toEqual([
        { pointer: '/prompt', code: category, detail: 'is refused by moderation' },
      ]);
    }
    expect(await countRows(id)).toEqual(NOTHING);
  });

  test('the preset smoke, unless this edge is one for tests', async () => {
    const { id, key } = await makeAccount();
    const { fetcher } = makeEdge({ config: { ...deps.config, allowSmokePreset: false } });
    const json = { prompt: 'x', preset: 'smoke' };
    const problem = await expectProblem(
      await makeClient(key, fetcher)('POST', '/v1/heads', { json }),
      'input.invalid',
    );
    expect(problem.errors?.[0]?.pointer).toBe('/preset');
    expect(await countRows(id)).toEqual(NOTHING);
  });
});

/** JSON that never ends. */
function endless(): ReadableStream {
  const piece = new TextEncoder().encode(`{"prompt":"${'a'.repeat(4000)}`);
  return new ReadableStream({ pull: (controller) => controller.enqueue(piece) });
}

describe('the queue of an account', () => {
  test('takes exactly N running and M waiting of twenty heads that arrive at once', async () => {
    const account = await makeAccount({ runningLimit: 2, waitingLimit: 3 });
    const call = makeClient(account.key);
    const json = { prompt: 'an orc', preset: 'smoke' };
    const responses = await Promise.all(
      Array.from({ length: 20 }, () => call('POST', '/v1/heads', { json })),
    );
    const refused = responses.filter(({ status }) => status !== 202);
    expect(refused).toHaveLength(15);
    for (const response of refused) {
      await expectProblem(response, 'limit.queue_full');
      expect(Number(response.headers.get('Retry-After'))).toBeGreaterThan(0);
    }
    expect(await countRows(account.id)).toEqual({ headCount: 5, jobCount: 5, eventCount: 5 });
    const ready = await deps.db.$count(jobs, sql`account_id = ${account.id} and ready_rank is not null`);
    expect(ready).toBe(2);
  });

  test('takes one more for each that ends, and makes the oldest waiting one ready', async () => {
    const { key } = await makeAccount({ runningLimit: 1, waitingLimit: 1 });
    const call = makeClient(key);
    const runner = await makeFakeRunner();
    const first = await createJob(call);
    const second = await createJob(call);
    expect(second.job.queue_position).toBe(1);
    await expectProblem(await call('POST', '/v1/heads', { json: { prompt: 'x' } }), 'limit.queue_full');
    const claim = await runner.claim();
    expect(claim?.job.job_id).toBe(first.job.id);
    expect(await runner.claim()).toBeNull();
    await call('POST', first.job.urls.cancel);
    expect(await runner.claim()).toBeNull();
    if (claim !== null) await runner.fail(claim, 'canceled');
    expect((await runner.claim())?.job.job_id).toBe(second.job.id);
    expect((await call('POST', '/v1/heads', { json: { prompt: 'x' } })).status).toBe(202);
  });

  test('makes waiting jobs ready in the order in which they came', async () => {
    const call = makeClient((await makeAccount({ runningLimit: 1, waitingLimit: 3 })).key);
    const runner = await makeFakeRunner();
    const created = [];
    for (let i = 0; i < 4; i++) created.push((await createJob(call)).job);
    for (const job of created) {
      const claim = await runner.claim();
      if (claim === null) throw new Error('expected a claim');
      expect(claim.job.job_id).toBe(job.id);
      expect(await runner.claim()).toBeNull();
      await runner.fail(claim, 'invalid_job');
    }
  });

  test('does not hold up another account', async () => {
    const full = makeClient((await makeAccount({ runningLimit: 1, waitingLimit: 0 })).key);
    await createJob(full);
    await expectProblem(await full('POST', '/v1/heads', { json: { prompt: 'x' } }), 'limit.queue_full');
    const other = makeClient((await makeAccount()).key);
    expect((await other('POST', '/v1/heads', { json: { prompt: 'x' } })).status).toBe(202);
  });

  test('numbers its waiting jobs in the order of their creation', async () => {
    const account = await makeAccount({ runningLimit: 1, waitingLimit: 5 });
    const call = makeClient(account.key);
    const jobs = [];
    for (let i = 0; i < 4; i++) jobs.push((await createJob(call)).job);
    expect(jobs.map((job) => job.queue_position)).toEqual([0, 1, 2, 3]);
    await call('POST', jobs[1]?.urls.cancel ?? '');
    const last = Job.parse(await (await call('GET', jobs[3]?.urls.self ?? '')).json());
    expect(last.queue_position).toBe(2);
  });
});
