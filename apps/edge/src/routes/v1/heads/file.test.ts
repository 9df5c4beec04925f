import { Head } from '@headwright/shared/api/heads';
import { beforeAll, describe, expect, test } from 'vitest';
import { parseRange } from '../../../http/file-response.ts';
import { ServiceError } from '../../../services/errors.ts';
import { type Client, makeClient } from '../../../test/client.ts';
import { createJob } from '../../../test/create-job.ts';
import { expectProblem } from '../../../test/expect-problem.ts';
import { makeAccount } from '../../../test/factories.ts';
import { type DraftFile, makeFakeRunner, sha256Hex } from '../../../test/fake-runner.ts';

const BYTES = Uint8Array.from({ length: 1000 }, (_, i) => (i * 7) % 256);
const FILES: DraftFile[] = [
  { name: 'head.glb', contentType: 'application/octet-stream', bytes: BYTES },
  { name: 'preview.png', contentType: 'text/html', bytes: Uint8Array.of(1, 2, 3) },
  { name: 'views/front.png', contentType: 'image/png', bytes: Uint8Array.of(4) },
  { name: 'turntable.webp', contentType: 'image/webp', bytes: Uint8Array.of(1, 2, 3) },
  { name: 'recipe.json', contentType: 'text/plain', bytes: new TextEncoder().encode('{}') },
  { name: 'notes.txt', contentType: 'text/plain', bytes: Uint8Array.of(65) },
];

let call: Client;
let head: Head;
let url: string;
let etag: string;

beforeAll(async () => {
  call = makeClient((await makeAccount()).key);
  const runner = await makeFakeRunner();
  const created = await createJob(call);
  const claim = await runner.claim();
  if (claim === null) throw new Error('expected a claim');
  expect(await runner.finish(claim, FILES)).toBe('succeeded');
  head = Head.parse(await (await call('GET', created.head.urls.self)).json());
  url = `${head.urls.self}/file/head.glb?revision=${head.revision_id}`;
  etag = `"${await sha256Hex(BYTES)}"`;
});

const bytesOf = async (response: Response) => [...new Uint8Array(await response.arrayBuffer())];
const get = (headers: Record<string, string> = {}) => call('GET', url, { headers });

test('a file comes whole, with what a client needs to keep it', async () => {
  const response = await get();
  expect(response.status).toBe(200);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-type': 'model/gltf-binary',
    'content-length': '1000',
    'accept-ranges': 'bytes',
    'cache-control': 'private, max-age=31536000, immutable',
    'x-content-type-options': 'nosniff',
    etag,
  });
  expect(response.headers.get('Request-Id')).toMatch(/^req_/);
  expect(await bytesOf(response)).toEqual([...BYTES]);
});

test('the type of a file follows from its name, whatever the runner called it', async () => {
  const types = Object.fromEntries(head.files.map((file) => [file.name, file.content_type]));
  expect(types).toEqual({
    'head.glb': 'model/gltf-binary',
    'preview.png': 'image/png',
    'views/front.png': 'image/png',
    'turntable.webp': 'image/webp',
    'recipe.json': 'application/json',
    'notes.txt': 'text/plain',
  });
});

test('every file is at the address that the head gives; a preset leads on to its signed link', async () => {
  for (const file of head.files) {
    const first = await call('GET', file.url);
    const link = new URL(first.headers.get('Location') ?? file.url, 'https://edge.test');
    expect(first.status).toBe(file.name === 'preview.png' ? 302 : 200);
    const response = first.status === 302 ? await call('GET', link.pathname + link.search) : first;
    const bytes = new Uint8Array(await response.arrayBuffer());
    expect([file.name, await sha256Hex(bytes), bytes.byteLength]).toEqual([
      file.name,
      file.sha256,
      file.bytes,
    ]);
  }
});

test('HEAD tells the same without the bytes', async () => {
  const response = await call('HEAD', url);
  expect(response.status).toBe(200);
  expect(response.headers.get('Content-Length')).toBe('1000');
  expect(response.headers.get('ETag')).toBe(etag);
  expect(await bytesOf(response)).toEqual([]);
});

describe('a range is answered with 206 and exactly those bytes:', () => {
  test.each([
    ['bytes=0-0', 0, 0],
    ['bytes=10-19', 10, 19],
    ['bytes=990-', 990, 999],
    ['bytes=-5', 995, 999],
    ['bytes=-5000', 0, 999],
    ['bytes=995-5000', 995, 999],
    ['bytes=0-', 0, 999],
  ])('%s', async (range, first, last) => {
    const response = await get({ Range: range });
    expect(response.status).toBe(206);
    expect(response.headers.get('Content-Range')).toBe(`bytes ${first}-${last}/1000`);
    expect(response.headers.get('Content-Length')).toBe(String(last - first + 1));
    expect(response.headers.get('ETag')).toBe(etag);
    expect(await bytesOf(response)).toEqual([...BYTES.slice(first, last + 1)]);
  });
});

test.each(['bytes=1000-', 'bytes=5000-6000', 'bytes=-0'])('the range %s lies outside: 416', async (range) => {
  const response = await get({ Range: range });
  expect(response.headers.get('Content-Range')).toBe('bytes */1000');
  await expectProblem(response, 'input.range_not_satisfiable');
});

test.each(['bytes=20-10', 'bytes=-', 'bytes=a-b', 'lines=1-2', 'bytes=0-1,5-6', 'bytes 0-1'])(
  'the range %s is none that we serve: the whole file',
  async (range) => {
    const response = await get({ Range: range });
    expect(response.status).toBe(200);
    expect((await bytesOf(response)).length).toBe(1000);
  },
);

describe('If-None-Match', () => {
  test('with our tag, weak or among others or a star, is a 304 without a body', async () => {
    for (const tag of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const response = await get({ 'If-None-Match': tag, Range: 'bytes=0-1' });
      expect([tag, response.status]).toEqual([tag, 304]);
      expect(response.headers.get('ETag')).toBe(etag);
      expect(response.headers.get('Cache-Control')).toContain('immutable');
      expect(await bytesOf(response)).toEqual([]);
    }
  });

  test('with another tag brings the file', async () => {
    expect((await get({ 'If-None-Match': '"other"' })).status).toBe(200);
  });
});

test('If-Range serves the part while the file is the same, and the whole otherwise', async () => {
  expect((await get({ Range: 'bytes=0-1', 'If-Range': etag })).status).toBe(206);
  for (const other of ['"other"', `W/${etag}`, 'Sun, 22 Nov 2026 10:00:00 GMT']) {
    expect((await get({ Range: 'bytes=0-1', 'If-Range': other })).status).toBe(200);
    expect((await get({ Range: 'bytes=5000-', 'If-Range': other })).status).toBe(200);
  }
});

test('a download that is cut and resumed is the same file', async () => {
  const first = await bytesOf(await get({ Range: 'bytes=0-336' }));
  const rest = await bytesOf(await get({ Range: 'bytes=337-', 'If-Range': etag }));
  expect([...first, ...rest]).toEqual([...BYTES]);
});

test('a file that is not there is a 404, one that is not there yet a 409', async () => {
  await expectProblem(await call('GET', `${head.urls.self}/file/other.glb`), 'resource.not_found');
  await expectProblem(await call('GET', `${head.urls.self}/file/..%2F..%2Fhead.glb`), 'resource.not_found');
  await expectProblem(await call('GET', '/v1/heads/head_x/file/head.glb'), 'resource.not_found');
  const unfinished = await createJob(call);
  const response = await call('GET', `${unfinished.head.urls.self}/file/head.glb`);
  expect(response.headers.get('Retry-After')).toBe('2');
  await expectProblem(response, 'resource.not_ready');
  await call('POST', unfinished.job.urls.cancel);
  await expectProblem(await call('GET', `${unfinished.head.urls.self}/file/head.glb`), 'resource.not_found');
});

test('another account finds neither head nor job nor file', async () => {
  const other = makeClient((await makeAccount()).key);
  const paths = [head.urls.self, head.urls.job, url, `${head.urls.job}/events`, `${head.urls.job}/preview`];
  for (const path of paths) {
    expect((await call('GET', path)).status).toBe(200);
    await expectProblem(await other('GET', path), 'resource.not_found');
    await expectProblem(
      await other('GET', path, { headers: { 'If-None-Match': etag } }),
      'resource.not_found',
    );
  }
  await expectProblem(await other('POST', `${head.urls.job}/cancel`), 'resource.not_found');
});

test('no range of a file of one byte goes beyond it', () => {
  expect(parseRange('bytes=0-9', 1)).toEqual({ offset: 0, length: 1 });
  expect(parseRange('bytes=-9', 1)).toEqual({ offset: 0, length: 1 });
  expect(() => parseRange('bytes=1-', 1)).toThrow(ServiceError);
  expect(parseRange(null, 1)).toBeNull();
});
