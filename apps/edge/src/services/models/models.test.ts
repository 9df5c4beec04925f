import { CreateExportResponse } from '@headwright/shared/api/exports';
import { CreateHeadResponse } from '@headwright/shared/api/heads';
import { ModelList } from '@headwright/shared/api/models';
import { CreateRevisionResponse } from '@headwright/shared/api/revisions';
import { deprecation } from '@headwright/shared/api-version';
import { FIRST_MODEL, type ModelVersion } from '@headwright/shared/models';
import { eq } from 'drizzle-orm';
import { afterEach, describe, expect, test } from 'vitest';
import { jobs } from '../../db/schema/jobs.ts';
import { bindings } from '../../test/bindings.ts';
import { type Client, makeClient } from '../../test/client.ts';
import { createJob } from '../../test/create-job.ts';
import { expectProblem } from '../../test/expect-problem.ts';
import { deps, endAllJobs, makeAccount, makeEdge } from '../../test/factories.ts';
import { makeFakeRunner } from '../../test/fake-runner.ts';
import { readHead, STATE } from '../../test/finish-head.ts';
import { claimOrThrow, GLB } from '../../test/start-attempt.ts';

afterEach(endAllJobs);

const version = (id: string, releasedOn: string, ending: ModelVersion['ending'] = null): ModelVersion => ({
  id,
  alias: 'head-1',
  releasedAt: new Date(releasedOn),
  ending,
});
const OLD = version(FIRST_MODEL, '2026-01-01');
const ENDED = version('head-1.0', '2026-01-01', deprecation('2026-02-01', '2026-09-01', 'head-1.1'));
const ENDING = version('head-1.0', '2026-01-01', deprecation('2026-02-01', '2126-09-01', 'head-1.1'));
const NEW = version('head-1.1', '2026-06-01');

/** The edge with these versions of the model. */
const edgeOf = (...models: ModelVersion[]) => makeEdge({ config: { ...deps.config, models } }).fetcher;

const ORDER = { prompt: 'an elf', preset: 'smoke', seed: 5 };

async function order(call: Client, model?: string): Promise<CreateHeadResponse> {
  const json = model === undefined ? ORDER : { ...ORDER, model };
  return CreateHeadResponse.parse(await (await call('POST', '/v1/heads', { json })).json());
}

/** A finished head of the first version, and what its account says to an edge of other versions. */
async function finishOld() {
  const { key } = await makeAccount();
  const call = makeClient(key);
  const runner = await makeFakeRunner();
  const { head } = await createJob(call);
  await runner.finish(await claimOrThrow(runner), [GLB, STATE]);
  const revise = async (fetcher: ReturnType<typeof edgeOf>, model?: string) => {
    const json = { kind: 'texture', prompt: 'green', ...(model === undefined ? {} : { model }) };
    return makeClient(key, fetcher)('POST', head.urls.revisions, { json });
  };
  return { key, call, runner, head, revise };
}

describe('the version of a model', () => {
  test('is the newest unless one is named, and head, revision and job say which, with the seed', async () => {
    const { key } = await makeAccount();
    const call = makeClient(key, edgeOf(OLD, NEW));
    for (const [named, resolved] of [
      [undefined, 'head-1.1'],
      ['head-1', 'head-1.1'],
      ['head-1.0', 'head-1.0'],
    ] as const) {
      const { head, job } = await order(call, named);
      expect([head.model, job.model, head.seed, job.seed]).toEqual([resolved, resolved, 5, 5]);
      expect(await readHead(call, head.urls.self)).toEqual(head);
      const quote = await call('POST', '/v1/quotes', { json: { model: named } });
      expect(await quote.json()).toMatchObject({ model: resolved });
    }
    expect((await order(makeClient(key))).job.model).toBe(FIRST_MODEL);
  });

  test('decides which runners get the job', async () => {
    const { key } = await makeAccount({ runningLimit: 10 });
    const fetcher = edgeOf(OLD, NEW);
    const call = makeClient(key, fetcher);
    const [silent, newest, both] = [
      await makeFakeRunner(),
      await makeFakeRunner({ models: ['head-1.1'] }),
      await makeFakeRunner({ models: ['head-1.0', 'head-1.1'] }),
    ];
    await order(call);
    expect(await silent.claim()).toBeNull();
    expect((await newest.claim())?.job).toMatchObject({ model: 'head-1.1', seed: 5 });
    await order(call, 'head-1.0');
    expect(await newest.claim()).toBeNull();
    expect((await silent.claim())?.job.model).toBe('head-1.0');
    await order(call, 'head-1.0');
    await order(call, 'head-1.1');
    expect([(await both.claim())?.job.model, (await both.claim())?.job.model]).toEqual([
      'head-1.0',
      'head-1.1',
    ]);
  });

  test('that nobody knows or that is retired is refused, with those that there are', async () => {
    const { key, revise } = await finishOld();
    const fetcher = edgeOf(ENDED, NEW);
    const call = makeClient(key, fetcher);
    const retired = 'ended on 2026-09-01; expected one of head-1, head-1.1';
    const unknown = 'expected one of head-1, head-1.1';
    for (const [model, code, detail] of [
      ['head-1.0', 'retired', retired],
      ['head-9', 'invalid_value', unknown],
    ] as const) {
      const json = { ...ORDER, model };
      for (const response of [
        await call('POST', '/v1/heads', { json }),
        await call('POST', '/v1/heads', { json: { ...json, prompt: 'test:succeed' } }),
        await call('POST', '/v1/quotes', { json: { model } }),
        await revise(fetcher, model),
      ]) {
        const { errors } = await expectProblem(response, 'input.invalid');
        expect(errors).toEqual([{ pointer: '/model', code, detail }]);
      }
    }
  });

  test('stays with a head through edits and exports, until it is retired', async () => {
    const { key, head, call, runner, revise } = await finishOld();
    const modelOf = async (response: Response) =>
      CreateRevisionResponse.parse(await response.json()).job.model;
    const cancel = async () => endAllJobs();
    expect(await modelOf(await revise(edgeOf(OLD, NEW)))).toBe('head-1.0');
    await cancel();
    expect(await modelOf(await revise(edgeOf(ENDED, NEW)))).toBe('head-1.1');
    await cancel();
    expect(await modelOf(await revise(edgeOf(OLD, NEW), 'head-1.1'))).toBe('head-1.1');
    await runner.finish(await claimOrThrow(await makeFakeRunner({ models: ['head-1.1'] })), [GLB, STATE]);
    expect(await readHead(call, head.urls.self)).toMatchObject({ model: 'head-1.1' });
    const exported = await makeClient(key, edgeOf(OLD, NEW))('POST', `${head.urls.self}/exports`, {
      json: { rendition: 'ios.usdz' },
    });
    const { job } = CreateExportResponse.parse(await exported.json());
    const revisions = await call('GET', head.urls.revisions);
    const [newest] = (await revisions.json<{ data: { seed: number; model: string }[] }>()).data;
    expect(newest).toMatchObject({ model: job.model, seed: job.seed });
    expect(job.model).toBe('head-1.1');
  });

  test('whose end is announced says so in each answer that makes a job with it', async () => {
    const call = makeClient((await makeAccount()).key, edgeOf(ENDING, NEW));
    const ask = (model: string) => call('POST', '/v1/heads', { json: { ...ORDER, model } });
    const { headers } = await ask('head-1.0');
    expect(headers.get('Deprecation')).toBe(`@${Date.UTC(2026, 1, 1) / 1000}`);
    expect(headers.get('Sunset')).toBe('Sun, 01 Sep 2126 00:00:00 GMT');
    expect(headers.get('Link')).toContain('successor-version');
    expect((await ask('head-1')).headers.has('Deprecation')).toBe(false);
  });
});

test('the list of models says what each alias stands for, and how its versions stand', async () => {
  const list = async (...models: ModelVersion[]) =>
    ModelList.parse(await (await makeClient(null, edgeOf(...models))('GET', '/v1/models')).json()).data[0];
  const states = (model: Awaited<ReturnType<typeof list>>) => model?.versions.map(({ state }) => state);
  expect(await list(OLD)).toMatchObject({ id: 'head-1', resolves_to: 'head-1.0' });
  expect(states(await list(OLD, NEW))).toEqual(['legacy', 'active']);
  expect(states(await list(ENDING, NEW))).toEqual(['deprecated', 'active']);
  expect(states(await list(ENDED, NEW))).toEqual(['retired', 'active']);
  expect(await list(ENDED)).toMatchObject({ resolves_to: null });
  expect((await list(ENDED, NEW))?.versions[0]).toMatchObject({
    sunset_at: '2026-09-01T00:00:00.000Z',
    successor: 'head-1.1',
  });
});

test('0014: jobs from before have the first version, its pool, and the seed of their revision', async () => {
  const { job } = await createJob(makeClient((await makeAccount()).key));
  const read = async () => (await deps.db.select().from(jobs).where(eq(jobs.id, job.id)))[0];
  const before = await read();
  await deps.db
    .update(jobs)
    .set({ lane: 'test:smoke', pool: 'test:smoke', seed: 0 })
    .where(eq(jobs.id, job.id));
  const { queries = [] } = bindings.TEST_MIGRATIONS.find(({ name }) => name.startsWith('0014')) ?? {};
  // Only this job: those of other tests have their pools.
  const updates = queries.filter((text) => text.includes('UPDATE'));
  expect(updates).toHaveLength(2);
  for (const text of updates) {
    const only = text.includes('WHERE `lane`') ? ` AND id = '${job.id}'` : ` WHERE id = '${job.id}'`;
    await bindings.DB.prepare(text.trim().replace(/;$/, '') + only).run();
  }
  expect(await read()).toEqual(before);
});
