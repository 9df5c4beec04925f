import type { Head, HeadFile } from '@headwright/shared/api/heads';
import { CreateRevisionResponse } from '@headwright/shared/api/revisions';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestEdge, startTestEdge } from '../harness/edge.ts';
import '../matchers.ts';
import { type TestRunner, startTestRunner } from '../harness/runner.ts';

// Nothing is scripted here: the real edge, a real runner, the starter teacher, at the preset `smoke`.

let edge: TestEdge;
let runner: TestRunner;

beforeAll(async () => {
  edge = await startTestEdge();
  runner = await startTestRunner(edge, 'real', 'real');
});
afterAll(async () => {
  await runner?.kill();
  await edge?.stop();
});

async function make(prompt: string): Promise<{ head: Head; stages: string[] }> {
  const { head, job } = await edge.api.createHead({ prompt, preset: 'smoke', seed: 1 });
  return { stages: await untilEnded(job.id), head: await edge.api.getHead(head.id) };
}

/** Waits for a job to succeed; the stages that it went through. */
async function untilEnded(jobId: string): Promise<string[]> {
  const stages = new Set<string>();
  for await (const snapshot of edge.api.followJob(jobId)) {
    if (snapshot.progress !== null) stages.add(snapshot.progress.stage);
    if (snapshot.status === 'failed') throw new Error(`the job failed:\n${runner.output()}`);
  }
  return [...stages];
}

function fileOf(head: Head, name: string): HeadFile {
  const file = head.files.find((each) => each.name === name);
  if (file === undefined)
    throw new Error(`expected ${name} among ${head.files.map((each) => each.name).join()}`);
  return file;
}

/** The file answers 304 to who has it, and a range to who asks for one. */
async function expectConditionalAndPartial({ url, sha256 }: HeadFile, bytes: Uint8Array): Promise<void> {
  const headers = { 'If-None-Match': `"${sha256}"` };
  expect((await edge.request(url, { headers })).status).toBe(304);
  const part = await edge.request(url, { headers: { Range: 'bytes=4-7' } });
  expect(part.status).toBe(206);
  expect(new Uint8Array(await part.arrayBuffer())).toEqual(bytes.slice(4, 8));
}

/** Mean color of the head's pixels in a view on white, as a hue in degrees. */
async function meanHueDegrees(png: Uint8Array): Promise<number> {
  const pixels = await sharp(png).removeAlpha().raw().toBuffer();
  const sums = [0, 0, 0];
  for (let i = 0; i < pixels.length; i += 3) {
    if (Math.min(pixels[i], pixels[i + 1], pixels[i + 2]) > 250) continue;
    for (let channel = 0; channel < 3; channel++) sums[channel] += pixels[i + channel];
  }
  const [red, green, blue] = sums;
  const hueRad = Math.atan2(Math.sqrt(3) * (green - blue), 2 * red - green - blue);
  return ((hueRad * 180) / Math.PI + 360) % 360;
}

/** Distance of two hues on the circle, degrees. */
function hueDistance(a: number, b: number): number {
  const apart = Math.abs(a - b) % 360;
  return Math.min(apart, 360 - apart);
}

describe('a prompt becomes a head', () => {
  // Sixty degrees either side of the pure color: what a person would still call red or green.
  test.each([
    ['a red demon', 0],
    ['a green orc', 120],
  ])('%s: valid files, and a front view whose mean hue is near %i°', async (prompt, hue) => {
    const { head, stages } = await make(prompt);
    expect(head.status).toBe('succeeded');
    expect(stages).toContain('texture');
    const names = ['front', 'left', 'right', 'back'].flatMap((view) => [
      `views/${view}.png`,
      `views/normal-${view}.png`,
    ]);
    expect(head.files.map(({ name }) => name).toSorted()).toEqual(
      ['head.glb', 'preview.png', 'turntable.webp', 'recipe.json', ...names].toSorted(),
    );
    const glb = await edge.api.download(fileOf(head, 'head.glb'));
    await expect(glb).toBeValidGlb();
    for (const name of ['preview.png', 'turntable.webp', ...names]) {
      const { width } = await sharp(await edge.api.download(fileOf(head, name))).metadata();
      expect(width).toBeGreaterThanOrEqual(256);
    }
    await expectConditionalAndPartial(fileOf(head, 'head.glb'), glb);
    const front = await edge.api.download(fileOf(head, 'views/front.png'));
    expect(hueDistance(await meanHueDegrees(front), hue)).toBeLessThan(60);
  });
});

test('a finished head is edited by words: the new revision has another shape, and files like the first', async () => {
  const { head } = await make('an old man');
  const created = await edge.request(head.urls.revisions, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ kind: 'geometry', prompt: 'open mouth', seed: 2 }),
  });
  const { job } = CreateRevisionResponse.parse(await created.json());
  await untilEnded(job.id);
  const edited = await edge.api.getHead(head.id);
  expect(edited.job_id).toBe(job.id);
  expect(edited.files.map(({ name }) => name)).toEqual(head.files.map(({ name }) => name));
  const glb = await edge.api.download(fileOf(edited, 'head.glb'));
  await expect(glb).toBeValidGlb();
  expect(fileOf(edited, 'head.glb').sha256).not.toBe(fileOf(head, 'head.glb').sha256);
  await edge.api.download(fileOf(head, 'head.glb')); // the first revision, checked against its digest
});
