import { Asset } from '@headwright/shared/api/assets';
import { CreateExportResponse } from '@headwright/shared/api/exports';
import { renditionsNamed } from '@headwright/shared/renditions';
import { eq } from 'drizzle-orm';
import { afterEach, describe, expect, test } from 'vitest';
import { ledgerEntries } from '../../../../db/schema/ledger-entries.ts';
import { type Client, makeClient } from '../../../../test/client.ts';
import { createJob } from '../../../../test/create-job.ts';
import { expectProblem } from '../../../../test/expect-problem.ts';
import { deps, endAllJobs, makeAccount } from '../../../../test/factories.ts';
import { type Claim, type FakeRunner, sha256Hex } from '../../../../test/fake-runner.ts';
import { finishHead, readHead, STATE } from '../../../../test/finish-head.ts';
import { MODEL, renditionFiles } from '../../../../test/rendition-files.ts';
import { claimOrThrow, GLB, readJob } from '../../../../test/start-attempt.ts';

afterEach(endAllJobs);

async function ask(call: Client, headId: string, json: unknown): Promise<CreateExportResponse> {
  const response = await call('POST', `/v1/heads/${headId}/exports`, { json });
  expect(response.status, await response.clone().text()).toBe(202);
  return CreateExportResponse.parse(await response.json());
}

async function finishExport(runner: FakeRunner, salt = 0): Promise<Claim> {
  const claim = await claimOrThrow(runner);
  expect(await runner.finish(claim, renditionFiles(claim, salt))).toBe('succeeded');
  return claim;
}

/** The bytes that a preset leads to, by its signed link, which needs no key. */
async function bytesOf(call: Client, path: string): Promise<number[]> {
  const response = await call('GET', path);
  expect(response.status).toBe(302);
  const link = new URL(response.headers.get('Location') ?? '', 'https://edge.test');
  const file = await makeClient(null)('GET', link.pathname + link.search);
  return [...new Uint8Array(await file.arrayBuffer())];
}

test('a ready-made rendition is made from the state of the current revision, and presets lead to it', async () => {
  const { call, runner, head } = await finishHead();
  const before = await readHead(call, head.urls.self);
  const preset = `/v1/heads/${head.id}/file/mobile.glb`;
  await expectProblem(await call('GET', preset), 'resource.not_found');

  const response = await call('POST', `/v1/heads/${head.id}/exports`, { json: { rendition: 'mobile.glb' } });
  const { export: made, job } = CreateExportResponse.parse(await response.json());
  expect(response.headers.get('Location')).toBe(job.urls.self);
  expect(job).toMatchObject({ kind: 'export', head_id: head.id, status: 'queued' });
  expect(made).toMatchObject({ job_id: job.id, revision_id: head.revision_id });
  expect(made.files.map(({ name }) => name)).toEqual(['mobile.glb', 'mobile-compat.glb']);
  await expectProblem(await call('GET', preset), 'resource.not_ready');

  const claim = await claimOrThrow(runner);
  expect(claim.job).toMatchObject({ kind: 'export', prompt: head.prompt });
  expect(claim.job.renditions).toEqual(renditionsNamed('mobile.glb', false));
  expect(claim.base).toEqual({ bytes: STATE.bytes.byteLength, sha256: await sha256Hex(STATE.bytes) });
  expect(new Uint8Array(await (await runner.readBase(claim)).arrayBuffer())).toEqual(STATE.bytes);
  await runner.finish(claim, renditionFiles(claim));

  const after = await readHead(call, head.urls.self);
  expect(after.files.map(({ name }) => name)).toEqual(['head.glb', 'mobile-compat.glb', 'mobile.glb']);
  expect({ ...after, files: [] }).toEqual({ ...before, files: [] });
  expect(await bytesOf(call, preset)).toEqual([50, 0]);
  expect(await bytesOf(call, `${preset}?compat=1&revision=${head.revision_id}`)).toEqual([51, 0]);
  const file = after.files.find(({ name }) => name === 'mobile.glb');
  const asset = Asset.parse(await (await call('GET', `/v1/assets/${file?.asset_id}`)).json());
  const { extensions, morphs, ...counts } = MODEL;
  expect(asset).toMatchObject({
    job_id: job.id,
    revision_id: head.revision_id,
    format: 'glb',
    rendition: 'mobile.glb',
    content_type: 'model/gltf-binary',
    model: { ...counts, gltf_extensions: extensions, morph_names: morphs },
    expires_at: null,
  });
});

test('settings of one’s own have a name of their own', async () => {
  const { call, runner, head } = await finishHead();
  const settings = { format: 'glb', lod: 'low', morphs: 'arkit-52', textures: { format: 'webp' } };
  const { export: made } = await ask(call, head.id, settings);
  expect(made.files).toEqual([
    {
      name: 'head-low-webp1024-arkit-52.glb',
      ...settings,
      compression: 'none',
      textures: { size: 1024, format: 'webp' },
    },
  ]);
  await finishExport(runner, 1);
  const { files } = await readHead(call, head.urls.self);
  expect(files).toHaveLength(2);
  const file = await call('GET', files[0]?.url ?? '');
  expect([...new Uint8Array(await file.arrayBuffer())]).toEqual([50, 1]);
  // Another export may lie there one day.
  expect(file.headers.get('Cache-Control')).not.toContain('immutable');
});

test('the same files of a revision are made and paid once, however often and by how many at once they are asked for', async () => {
  const { call, runner, head } = await finishHead();
  const wanted = { rendition: 'mobile.glb' };
  const together = await Promise.all(Array.from({ length: 8 }, () => ask(call, head.id, wanted)));
  expect(new Set(together.map(({ job }) => job.id)).size).toBe(1);
  const first = together[0];
  await finishExport(runner);
  const again = await ask(call, head.id, { ...wanted, revision_id: head.revision_id });
  const response = await call('POST', `${head.urls.self}/exports`, { json: wanted });
  expect([response.headers.get('Location'), response.headers.get('Retry-After')]).toEqual([
    again.job.urls.self,
    null,
  ]);
  expect(again).toMatchObject({ export: first?.export, job: { id: first?.job.id, status: 'succeeded' } });
  expect(await runner.claim()).toBeNull();
  const entries = await deps.db.$count(ledgerEntries, eq(ledgerEntries.jobId, first?.job.id ?? ''));
  expect(entries).toBe(2);

  // Of another revision they are other files, and what was canceled is made anew.
  await call('POST', head.urls.revisions, { json: { kind: 'texture', prompt: 'green' } });
  await runner.finish(await claimOrThrow(runner), [GLB, STATE]);
  const other = await ask(call, head.id, wanted);
  expect(other.job.id).not.toBe(first?.job.id);
  await call('POST', other.job.urls.cancel);
  expect((await ask(call, head.id, wanted)).job.id).not.toBe(other.job.id);
});

test('what is ordered with a head is made with it and with its edits', async () => {
  const { key } = await makeAccount();
  const { runner } = await finishHead();
  const call = makeClient(key);
  const body = {
    prompt: 'an elf',
    preset: 'smoke',
    features: { blendshapes: true },
    renditions: ['full.glb', 'ios.usdz'],
  };
  const created = await call('POST', '/v1/heads', { json: body });
  const { head } = await created.json<{ head: { id: string } }>();
  expect(head).toMatchObject({ features: { blendshapes: true }, renditions: body.renditions });
  const claim = await claimOrThrow(runner);
  const wanted = [...renditionsNamed('full.glb', true), ...renditionsNamed('ios.usdz', true)];
  expect(claim.job).toMatchObject({ blendshapes: true, renditions: wanted });
  await runner.finish(claim, [GLB, STATE, ...renditionFiles(claim)]);
  expect(await bytesOf(call, `/v1/heads/${head.id}/file/ios.usdz`)).toEqual([51, 0]);
  // They came with the head: asking for one of them costs nothing.
  const { job } = await ask(call, head.id, { rendition: 'full.glb' });
  expect([job.kind, job.status]).toEqual(['head', 'succeeded']);
  await call('POST', `/v1/heads/${head.id}/revisions`, { json: { kind: 'texture', prompt: 'green' } });
  expect((await claimOrThrow(runner)).job).toMatchObject({ blendshapes: true, renditions: wanted });
});

test('exports run beside each other and beside an edit, and go with their head', async () => {
  const { call, runner, head } = await finishHead();
  const one = await ask(call, head.id, { rendition: 'ios.usdz' });
  const other = await ask(call, head.id, { rendition: 'full.glb' });
  const edit = await call('POST', head.urls.revisions, { json: { kind: 'texture', prompt: 'green' } });
  expect(edit.status).toBe(202);
  const claim = await claimOrThrow(runner);
  expect((await call('DELETE', head.urls.self)).status).toBe(200);
  for (const { job } of [one, other]) {
    const { status } = await readJob(call, job.urls.self);
    expect(['canceling', 'canceled']).toContain(status);
  }
  expect(await runner.heartbeat(claim)).toBe('cancel');
});

test('the price is held, captured at the end, and released by a cancel; a key makes one job', async () => {
  const { call, runner, head } = await finishHead();
  const keyed = { json: { rendition: 'android_ar.glb' }, headers: { 'Idempotency-Key': 'once' } };
  const path = `/v1/heads/${head.id}/exports`;
  const [first, second] = [await call('POST', path, keyed), await call('POST', path, keyed)];
  expect(second.headers.get('Idempotency-Replayed')).toBe('true');
  const { job } = CreateExportResponse.parse(await first.json());
  expect(CreateExportResponse.parse(await second.json()).job.id).toBe(job.id);
  await finishExport(runner);
  const canceled = await ask(call, head.id, { rendition: 'ios.usdz' });
  await call('POST', canceled.job.urls.cancel);
  const kinds = async (id: string) =>
    (await deps.db.select().from(ledgerEntries).where(eq(ledgerEntries.jobId, id)))
      .map(({ kind }) => kind)
      .toSorted();
  expect(await kinds(job.id)).toEqual(['capture', 'hold']);
  expect(await kinds(canceled.job.id)).toEqual(['hold', 'release']);
  await expectProblem(
    await call('POST', path, { json: { rendition: 'ios.usdz', max_cost: 0 } }),
    'billing.max_cost',
  );
});

describe('an export is refused', () => {
  test.each([
    ['nothing at all', {}, '/rendition', 'invalid_value'],
    ['two ways at once', { rendition: 'full.glb', format: 'glb' }, '/format', 'unknown_field'],
    ['morphs in USDZ', { format: 'usdz', morphs: 'arkit-52' }, '/morphs', 'unknown_field'],
    ['an odd size', { format: 'glb', textures: { size: 1000 } }, '/textures/size', 'invalid_value'],
  ])('for %s', async (_, json, pointer, code) => {
    const { call, head } = await finishHead();
    const problem = await expectProblem(
      await call('POST', `/v1/heads/${head.id}/exports`, { json }),
      'input.invalid',
    );
    expect(problem.errors?.map((each) => [each.pointer, each.code])).toContainEqual([pointer, code]);
  });

  test('of heads that are unfinished, without state, deleted or somebody else’s, and of their other revisions', async () => {
    const { call, head, runner } = await finishHead();
    const post = (id: string, json = {}) =>
      call('POST', `/v1/heads/${id}/exports`, { json: { rendition: 'full.glb', ...json } });
    const created = await createJob(call);
    await expectProblem(await post(created.head.id), 'resource.not_ready');
    await expectProblem(await post(head.id, { revision_id: `rev_${'0'.repeat(26)}` }), 'resource.not_found');
    await runner.finish(await claimOrThrow(runner), [GLB]);
    await expectProblem(await post(created.head.id), 'resource.not_exportable');
    const stranger = makeClient((await makeAccount()).key);
    const json = { rendition: 'full.glb' };
    await expectProblem(
      await stranger('POST', `/v1/heads/${head.id}/exports`, { json }),
      'resource.not_found',
    );
    await call('DELETE', head.urls.self);
    await expectProblem(await post(head.id), 'resource.deleted');
  });

  test('by its runner’s own edge, if a file is missing or one too many', async () => {
    const { call, head, runner } = await finishHead();
    const { job } = await ask(call, head.id, { rendition: 'mobile.glb' });
    const claim = await claimOrThrow(runner);
    const files = renditionFiles(claim);
    for (const file of [...files, GLB]) await runner.upload(claim, file);
    await expectProblem(await runner.complete(claim, files.slice(1)), 'attempt.incomplete');
    await expectProblem(await runner.complete(claim, [...files, GLB]), 'attempt.incomplete');
    expect((await readJob(call, job.urls.self)).status).toBe('running');
  });
});
