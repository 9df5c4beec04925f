import { CreateHeadResponse, Head } from '@headwright/shared/api/heads';
import { Job } from '@headwright/shared/api/jobs';
import { expect, test } from 'vitest';
import { makeClient } from './test/client.ts';
import { makeAccount } from './test/factories.ts';
import { makeFakeRunner } from './test/fake-runner.ts';

test('a head is created, claimed, completed and fetched', async () => {
  const account = await makeAccount();
  const call = makeClient(account.key);
  const runner = await makeFakeRunner();

  const created = await call('POST', '/v1/heads', {
    json: { prompt: 'a red demon', preset: 'smoke', seed: 7, negative_prompt: 'blurry' },
  });
  expect(created.status).toBe(202);
  const { head, job } = CreateHeadResponse.parse(await created.json());
  expect(created.headers.get('Location')).toBe(job.urls.self);
  expect(created.headers.get('Retry-After')).toBe('2');
  expect(created.headers.get('Request-Id')).toMatch(/^req_/);
  expect(job).toMatchObject({
    status: 'queued',
    terminal: false,
    attempt: 0,
    queue_position: 0,
    progress: null,
  });
  expect(head).toMatchObject({
    status: 'queued',
    files: [],
    job_id: job.id,
    seed: 7,
    negative_prompt: 'blurry',
  });

  const claim = await runner.claim();
  if (claim === null) throw new Error('nothing to claim');
  expect(claim.job).toEqual({
    job_id: job.id,
    head_id: head.id,
    kind: 'head',
    prompt: 'a red demon',
    negative_prompt: 'blurry',
    seed: 7,
    preset: 'smoke',
    model: 'head-1.0',
    renditions: [],
    blendshapes: false,
  });
  expect(await runner.claim()).toBeNull();
  const files = [
    { name: 'head.glb', contentType: 'application/octet-stream', bytes: new Uint8Array([1, 2, 3, 4]) },
    { name: 'views/front.png', contentType: 'image/png', bytes: new Uint8Array([5, 6]) },
  ];
  expect(await runner.finish(claim, files)).toBe('succeeded');

  const finished = Head.parse(await (await call('GET', head.urls.self)).json());
  expect(finished.status).toBe('succeeded');
  expect(finished.files.map((file) => [file.name, file.content_type, file.bytes])).toEqual([
    ['head.glb', 'model/gltf-binary', 4],
    ['views/front.png', 'image/png', 2],
  ]);
  const file = await call('GET', finished.files[0]?.url ?? '');
  expect(file.headers.get('Content-Type')).toBe('model/gltf-binary');
  expect([...new Uint8Array(await file.arrayBuffer())]).toEqual([1, 2, 3, 4]);
  const ended = Job.parse(await (await call('GET', job.urls.self)).json());
  expect(ended).toMatchObject({ status: 'succeeded', terminal: true, attempt: 1, error: null });
});
