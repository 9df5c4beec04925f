import { Revision, CreateRevisionResponse, RevisionList } from '@headwright/shared/api/revisions';
import { eq } from 'drizzle-orm';
import { afterEach, describe, expect, test } from 'vitest';
import { assets } from '../../../../db/schema/assets.ts';
import { revisions } from '../../../../db/schema/revisions.ts';
import { bindings } from '../../../../test/bindings.ts';
import { type Client, makeClient } from '../../../../test/client.ts';
import { createJob } from '../../../../test/create-job.ts';
import { expectProblem } from '../../../../test/expect-problem.ts';
import { deps, endAllJobs, makeAccount } from '../../../../test/factories.ts';
import { type DraftFile, sha256Hex } from '../../../../test/fake-runner.ts';
import { finishHead, readHead, STATE } from '../../../../test/finish-head.ts';
import { claimOrThrow, GLB, readJob } from '../../../../test/start-attempt.ts';

const EDIT = { kind: 'geometry', prompt: 'a red demon, laughing', seed: 3 };
const EDITED_GLB: DraftFile = { ...GLB, bytes: Uint8Array.of(4, 5, 6, 7) };
const EDITED_STATE: DraftFile = {
  ...STATE,
  bytes: new TextEncoder().encode('the secret state of the second revision'),
};

afterEach(endAllJobs);

async function edit(call: Client, headId: string, json: unknown = EDIT): Promise<CreateRevisionResponse> {
  const response = await call('POST', `/v1/heads/${headId}/revisions`, { json });
  expect(response.status).toBe(202);
  return CreateRevisionResponse.parse(await response.json());
}

const bytesAt = async (call: Client, path: string) => [
  ...new Uint8Array(await (await call('GET', path)).arrayBuffer()),
];

test('an edit starts from the state of the current revision and becomes the next one; the old one stays', async () => {
  const { call, runner, head } = await finishHead();
  const response = await call('POST', head.urls.revisions, { json: EDIT });
  expect(response.status).toBe(202);
  const { revision, job } = CreateRevisionResponse.parse(await response.json());
  expect(response.headers.get('Location')).toBe(job.urls.self);
  expect(revision).toMatchObject({
    ...EDIT,
    negative_prompt: null,
    parent_id: head.revision_id,
    job_id: job.id,
    status: 'queued',
    files: [],
  });
  expect(job).toMatchObject({ kind: 'geometry_edit', head_id: head.id, status: 'queued', queue_position: 0 });

  const claim = await claimOrThrow(runner);
  expect(claim.job).toEqual({
    job_id: job.id,
    head_id: head.id,
    kind: 'geometry_edit',
    prompt: EDIT.prompt,
    negative_prompt: null,
    seed: 3,
    preset: head.preset,
    model: head.model,
    blendshapes: false,
    renditions: [],
  });
  expect(claim.base).toEqual({ bytes: STATE.bytes.byteLength, sha256: await sha256Hex(STATE.bytes) });
  const base = await runner.readBase(claim);
  expect(base.headers.get('Content-Length')).toBe(String(STATE.bytes.byteLength));
  expect(new Uint8Array(await base.arrayBuffer())).toEqual(STATE.bytes);
  expect(await readHead(call, head.urls.self), 'the edit is not visible before it is finished').toEqual(head);

  expect(await runner.finish(claim, [EDITED_GLB, EDITED_STATE])).toBe('succeeded');
  const edited = await readHead(call, head.urls.self);
  expect(edited).toMatchObject({ revision_id: revision.id, job_id: job.id, status: 'succeeded' });
  expect(edited.prompt).toBe(head.prompt);
  expect(await bytesAt(call, edited.files[0]?.url ?? '')).toEqual([4, 5, 6, 7]);
  expect(await bytesAt(call, `${head.urls.self}/file/head.glb`)).toEqual([4, 5, 6, 7]);
  expect(await bytesAt(call, head.files[0]?.url ?? ''), 'the first revision').toEqual([1, 2, 3]);

  const next = await edit(call, head.id, { kind: 'texture', prompt: 'a blue demon' });
  expect(next.revision.parent_id).toBe(revision.id);
  const second = await claimOrThrow(runner);
  expect(second.job.kind).toBe('texture_edit');
  expect(second.base?.sha256).toBe(await sha256Hex(EDITED_STATE.bytes));
});

test('a restyle is one job with one price, that of both edits together at most', async () => {
  const { call, runner, head } = await finishHead();
  const cost = async (kind: string) => {
    const response = await call('POST', '/v1/quotes', { json: { kind, preset: head.preset } });
    return (await response.json<{ cost: number }>()).cost;
  };
  const { revision, job } = await edit(call, head.id, { kind: 'restyle', prompt: 'a zombie' });
  expect([revision.kind, job.kind]).toEqual(['restyle', 'restyle_edit']);
  expect(job.billing?.amount).toBe(await cost('restyle_edit'));
  expect(await cost('restyle_edit')).toBeLessThanOrEqual(
    (await cost('geometry_edit')) + (await cost('texture_edit')),
  );
  const claim = await claimOrThrow(runner);
  expect(claim.job.kind).toBe('restyle_edit');
  expect(claim.base?.sha256).toBe(await sha256Hex(STATE.bytes));
  await runner.finish(claim, [EDITED_GLB, EDITED_STATE]);
  expect(await readHead(call, head.urls.self)).toMatchObject({ revision_id: revision.id });
});

test('0017: revisions, what they edit and their exports are as they were', async () => {
  const { call, head } = await finishHead();
  await edit(call, head.id);
  await call('POST', `${head.urls.self}/exports`, { json: { rendition: 'ios.usdz' } });
  const run = (texts: string[]) => bindings.DB.batch(texts.map((text) => bindings.DB.prepare(text)));
  const rows = async () => (await bindings.DB.prepare('select * from revisions order by id').all()).results;
  const before = await rows();
  await run(bindings.TEST_MIGRATIONS.find(({ name }) => name.startsWith('0017'))?.queries ?? []);
  expect(await rows()).toEqual(before);
  const deletion = [`delete from revisions where id = '${head.revision_id}'`];
  await expect(run(deletion)).rejects.toThrow('FOREIGN KEY');
});

test('an address without a revision is asked about each time, one with a revision never again', async () => {
  const { call, head } = await finishHead();
  const current = await call('GET', `${head.urls.self}/file/head.glb`);
  expect(current.headers.get('Cache-Control')).toBe('private, no-cache');
  const fixed = await call('GET', head.files[0]?.url ?? '');
  expect(fixed.headers.get('Cache-Control')).toContain('immutable');
});

describe('the state of a head', () => {
  test('is in no public answer, neither by name nor by content', async () => {
    const { call, runner, head } = await finishHead();
    const { revision, job } = await edit(call, head.id);
    await runner.finish(await claimOrThrow(runner), [EDITED_GLB, EDITED_STATE]);
    const events = await call('GET', `${head.urls.job}/events`);
    const texts = [await events.text()];
    const paths = [
      head.urls.self,
      head.urls.job,
      head.urls.revisions,
      revision.urls.self,
      job.urls.self,
      `${head.urls.revisions}/${head.revision_id}`,
    ];
    for (const path of paths) {
      const response = await call('GET', path);
      expect([path, response.status]).toEqual([path, 200]);
      texts.push(await response.text(), JSON.stringify([...response.headers]));
    }
    const secrets = [
      'head.state',
      'secret',
      await sha256Hex(STATE.bytes),
      await sha256Hex(EDITED_STATE.bytes),
    ];
    for (const secret of secrets) expect(texts.join('\n')).not.toContain(secret);

    for (const query of ['', `?revision=${head.revision_id}`, `?revision=${revision.id}`]) {
      for (const name of ['head.state', 'head%2Estate', secrets[2], secrets[3]]) {
        for (const method of ['GET', 'HEAD']) {
          const response = await call(method, `${head.urls.self}/file/${name}${query}`);
          expect([name, response.status]).toEqual([name, 404]);
        }
      }
    }
    expect(await deps.db.$count(assets, eq(assets.headId, head.id)), 'both are kept').toBe(4);
  });

  test('can be published by no code path: the database refuses it', async () => {
    const { head } = await finishHead();
    const update = bindings.DB.prepare("update assets set visibility = 'public' where head_id = ?");
    await expect(update.bind(head.id).run()).rejects.toThrow('CHECK constraint failed: assets_visibility');
  });

  test('is read only by the attempt that edits this head', async () => {
    const { account, call, runner, head } = await finishHead();
    const { job } = await edit(call, head.id);
    const claim = await claimOrThrow(runner);
    const path = `/runner/v1/jobs/${job.id}/base`;
    await expectProblem(await call('GET', path), 'auth.invalid_key');
    expect((await runner.call('GET', path)).status).toBe(422);
    const forged = { headers: { 'Attempt-Token': 'f'.repeat(64) } };
    await expectProblem(await runner.call('GET', path, forged), 'attempt.stale');

    const other = makeClient(account.key);
    await createJob(other);
    const ofOther = await claimOrThrow(runner);
    expect(ofOther.base).toBeNull();
    await expectProblem(await runner.readBase(ofOther), 'resource.not_found');
    const mixed = { headers: { 'Attempt-Token': ofOther.attempt.token } };
    await expectProblem(await runner.call('GET', path, mixed), 'attempt.stale');

    await runner.finish(claim, [EDITED_GLB]);
    await expectProblem(await runner.readBase(claim), 'attempt.stale');
  });
});

describe('an edit is refused', () => {
  const post = (call: Client, headId: string, json: unknown = EDIT) =>
    call('POST', `/v1/heads/${headId}/revisions`, { json });
  const countRevisions = (headId: string) => deps.db.$count(revisions, eq(revisions.headId, headId));

  test.each<[string, unknown, [pointer: string, code: string][]]>([
    [
      'nothing',
      {},
      [
        ['/kind', 'invalid_value'],
        ['/prompt', 'required'],
      ],
    ],
    ['another kind', { ...EDIT, kind: 'head' }, [['/kind', 'invalid_value']]],
    ['an empty prompt', { ...EDIT, prompt: ' ' }, [['/prompt', 'invalid_value']]],
    [
      'a long negative prompt',
      { ...EDIT, negative_prompt: 'a'.repeat(1001) },
      [['/negative_prompt', 'invalid_value']],
    ],
    ['a seed of 32 bits', { ...EDIT, seed: 2 ** 31 }, [['/seed', 'too_big']]],
    ['a preset, which is the head’s', { ...EDIT, preset: 'draft' }, [['/preset', 'unknown_field']]],
  ])('with pointers: %s', async (_, json, faults) => {
    const { key } = await makeAccount();
    const problem = await expectProblem(await post(makeClient(key), 'head_x', json), 'input.invalid');
    expect(problem.errors?.map(({ pointer, code }) => [pointer, code])).toEqual(faults);
  });

  test('by moderation, as a new head is', async () => {
    const { call, head } = await finishHead();
    const json = { ...EDIT, prompt: 'a naked woman' };
    const problem = await expectProblem(await post(call, head.id, json), 'safety.prompt.sexual');
    expect(problem.errors?.[0]?.pointer).toBe('/prompt');
    expect(await countRevisions(head.id)).toBe(1);
  });

  test('while the head is unfinished, while another edit is open, and when there is nothing to edit', async () => {
    const { call, runner, head } = await finishHead();
    const unfinished = await createJob(call);
    const early = await post(call, unfinished.head.id);
    expect(early.headers.get('Retry-After')).toBe('2');
    await expectProblem(early, 'resource.not_ready');
    await call('POST', unfinished.job.urls.cancel);
    await expectProblem(await post(call, unfinished.head.id), 'resource.not_editable');

    const { job } = await edit(call, head.id);
    await expectProblem(await post(call, head.id), 'resource.busy');
    await runner.fail(await claimOrThrow(runner), 'invalid_job');
    expect((await readJob(call, job.urls.self)).status).toBe('failed');
    expect(await readHead(call, head.urls.self), 'a failed edit changes nothing').toEqual(head);
    expect((await post(call, head.id)).status).toBe(202);
    await endAllJobs();

    const stateless = await finishHead([GLB]);
    await expectProblem(await post(stateless.call, stateless.head.id), 'resource.not_editable');
  });

  test('all but one of ten that arrive at once', async () => {
    const { call, head } = await finishHead();
    const statuses = (await Promise.all(Array.from({ length: 10 }, () => post(call, head.id)))).map(
      ({ status }) => status,
    );
    const count = (status: number) => statuses.filter((each) => each === status).length;
    expect([count(202), count(409)]).toEqual([1, 9]);
    expect(await countRevisions(head.id)).toBe(2);
  });

  test('when the account’s queue is full', async () => {
    const { account, call, head } = await finishHead();
    await bindings.DB.prepare('update accounts set running_limit = 1, waiting_limit = 0 where id = ?')
      .bind(account.id)
      .run();
    await createJob(call);
    await expectProblem(await post(call, head.id), 'limit.queue_full');
    expect(await countRevisions(head.id)).toBe(1);
  });

  test('to another account, for which neither head nor revisions exist', async () => {
    const { call, head } = await finishHead();
    const other = makeClient((await makeAccount()).key);
    await expectProblem(await post(other, head.id), 'resource.not_found');
    const paths = [
      head.urls.revisions,
      `${head.urls.revisions}/${head.revision_id}`,
      head.files[0]?.url ?? '',
    ];
    for (const path of paths) {
      expect((await call('GET', path)).status).toBe(200);
      await expectProblem(await other('GET', path), 'resource.not_found');
    }
    const own = await finishHead();
    const crossed = `${own.head.urls.self}/file/head.glb?revision=${head.revision_id}`;
    await expectProblem(await own.call('GET', crossed), 'resource.not_found');
    await expectProblem(
      await own.call('GET', `${own.head.urls.revisions}/${head.revision_id}`),
      'resource.not_found',
    );
    expect(await countRevisions(head.id)).toBe(1);
  });
});

test('revisions are listed newest first, page by page, each as it is by itself', async () => {
  const { call, runner, head } = await finishHead();
  await edit(call, head.id);
  await runner.finish(await claimOrThrow(runner), [EDITED_GLB, EDITED_STATE]);
  await edit(call, head.id);
  const list = async (query: string) =>
    RevisionList.parse(await (await call('GET', `${head.urls.revisions}${query}`)).json());
  const all = await list('');
  expect(all.data.map(({ kind, status }) => [kind, status])).toEqual([
    ['geometry', 'queued'],
    ['geometry', 'succeeded'],
    ['head', 'succeeded'],
  ]);
  expect(all.has_more).toBe(false);
  for (const revision of all.data) {
    expect(Revision.parse(await (await call('GET', revision.urls.self)).json())).toEqual(revision);
  }
  const first = await list('?limit=2');
  expect([first.data, first.has_more]).toEqual([all.data.slice(0, 2), true]);
  const rest = await list(`?limit=2&starting_after=${first.data[1]?.id}`);
  expect([rest.data, rest.has_more]).toEqual([all.data.slice(2), false]);
  for (const [query, pointer] of [
    ['limit=0', '/limit'],
    ['limit=101', '/limit'],
    ['starting_after=x', '/starting_after'],
    ['page=2', '/page'],
  ]) {
    const problem = await expectProblem(
      await call('GET', `${head.urls.revisions}?${query}`),
      'input.invalid',
    );
    expect(problem.errors?.[0]?.pointer).toBe(pointer);
  }
});

test('a label of the head stays with its edits, and theirs with the head', async () => {
  const { call, runner, head } = await finishHead();
  const { revision } = await edit(call, head.id, { ...EDIT, prompt: 'Taylor Swift laughing' });
  expect(revision.labels).toEqual(['real_person:Taylor Swift']);
  await runner.finish(await claimOrThrow(runner), [EDITED_GLB, EDITED_STATE]);
  expect((await readHead(call, head.urls.self)).labels).toEqual(['real_person:Taylor Swift']);
  const next = await edit(call, head.id);
  expect(next.revision.labels).toEqual(['real_person:Taylor Swift']);
});
