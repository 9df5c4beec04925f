import { Asset } from '@headwright/shared/api/assets';
import { CreateExportResponse } from '@headwright/shared/api/exports';
import { CreateHeadResponse, type Head } from '@headwright/shared/api/heads';
import { MOBILE_COMPAT_NAME, RENDITION_BUDGETS } from '@headwright/shared/renditions';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestEdge, startTestEdge } from '../harness/edge.ts';
import '../matchers.ts';
import { type TestRunner, startTestRunner } from '../harness/runner.ts';

// The real edge, a real runner, the starter teacher at the preset `smoke`: files for phones within their budgets.

let edge: TestEdge;
let runner: TestRunner;

beforeAll(async () => {
  edge = await startTestEdge();
  runner = await startTestRunner(edge, 'real', 'real');
}, 600_000);
afterAll(async () => {
  await runner?.kill();
  await edge?.stop();
});

const post = (path: string, body: unknown): Promise<Response> =>
  edge.request(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });

async function untilSucceeded(jobId: string): Promise<void> {
  for await (const job of edge.api.followJob(jobId)) {
    if (job.status === 'failed') throw new Error(`the job failed:\n${runner.output()}`);
  }
}

async function assetOf(head: Head, name: string): Promise<Asset> {
  const id = head.files.find((file) => file.name === name)?.asset_id;
  if (id === undefined)
    throw new Error(`expected ${name} among ${head.files.map((file) => file.name).join()}`);
  return Asset.parse(await (await edge.request(`/v1/assets/${id}`)).json());
}

/** The file that a preset leads to. */
async function download(headId: string, preset: string): Promise<Uint8Array> {
  const response = await edge.request(`/v1/heads/${headId}/file/${preset}`);
  expect(response.redirected).toBe(true);
  return new Uint8Array(await response.arrayBuffer());
}

test('a head is made with expressions and a file for phones, the others are exported: all within their budgets', async () => {
  const created = await post('/v1/heads', {
    prompt: 'an old man',
    preset: 'smoke',
    seed: 1,
    features: { blendshapes: true },
    renditions: ['mobile.glb'],
  });
  const { head: asked, job } = CreateHeadResponse.parse(await created.json());
  await untilSucceeded(job.id);
  const before = await edge.api.getHead(asked.id);

  for (const rendition of ['full.glb', 'ios.usdz', 'android_ar.glb', 'mobile.glb']) {
    const { job: exporting } = CreateExportResponse.parse(
      await (await post(`/v1/heads/${asked.id}/exports`, { rendition })).json(),
    );
    await untilSucceeded(exporting.id);
  }
  const head = await edge.api.getHead(asked.id);
  expect(head.revision_id).toBe(before.revision_id);

  for (const [name, budget] of Object.entries(RENDITION_BUDGETS)) {
    const { bytes, model } = await assetOf(head, name);
    expect(bytes, name).toBeLessThanOrEqual(budget.bytes);
    if (model === null) continue;
    expect(model.triangles, name).toBeLessThanOrEqual(budget.triangles ?? Infinity);
    expect(model.vertices, name).toBeLessThanOrEqual(budget.vertices ?? Infinity);
    expect(model.texture_size, name).toBeLessThanOrEqual(budget.textureSize ?? Infinity);
    const hasMorphs = ['mobile.glb', MOBILE_COMPAT_NAME, 'full.glb'].includes(name);
    expect(model.morph_names.length, name).toBe(hasMorphs ? 52 : 0);
  }
  expect((await assetOf(head, 'head.glb')).model?.morph_names).toContain('jawOpen');
  // What was made with the head is what an export of it makes.
  expect((await assetOf(head, 'mobile.glb')).sha256).toBe((await assetOf(before, 'mobile.glb')).sha256);

  const { model } = await assetOf(head, 'mobile.glb');
  expect(model?.gltf_extensions).toEqual([
    'EXT_meshopt_compression',
    'KHR_mesh_quantization',
    'KHR_texture_basisu',
  ]);
  for (const preset of ['mobile.glb?compat=1', 'full.glb', 'android_ar.glb']) {
    await expect(await download(asked.id, preset)).toBeValidGlb();
  }
  const usdz = await download(asked.id, 'ios.usdz');
  expect(Buffer.from(usdz.subarray(0, 2)).toString()).toBe('PK');
});
