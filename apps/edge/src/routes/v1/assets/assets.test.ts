import { Asset } from '@headwright/shared/api/assets';
import { Head } from '@headwright/shared/api/heads';
import { ClientTokenWithSecret } from '@headwright/shared/api/client-tokens';
import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { assets } from '../../../db/schema/assets.ts';
import { type Client, makeClient } from '../../../test/client.ts';
import { expectProblem } from '../../../test/expect-problem.ts';
import { deps, makeAccount, makeClock, makeEdge } from '../../../test/factories.ts';
import { sha256Hex } from '../../../test/fake-runner.ts';
import { finishHead, STATE } from '../../../test/finish-head.ts';
import { GLB } from '../../../test/start-attempt.ts';

const anyone = makeClient(null);

const readAsset = async (call: Client, id: string | undefined) =>
  Asset.parse(await (await call('GET', `/v1/assets/${id}`)).json());

/** A finished head, its one file as an asset, and an edge whose clock the test moves. */
async function start() {
  const clock = makeClock();
  const { fetcher } = makeEdge({ clock: clock.now });
  const finished = await finishHead([GLB, STATE]);
  const call = makeClient(finished.account.key, fetcher);
  const asset = await readAsset(call, finished.head.files[0]?.asset_id);
  return { ...finished, call, clock, fetcher, asset, open: makeClient(null, fetcher) };
}

test('an asset says what the file is and where it lies, and its link needs no key', async () => {
  const { head, asset, open } = await start();
  expect(asset).toMatchObject({
    head_id: head.id,
    revision_id: head.revision_id,
    job_id: head.job_id,
    name: 'head.glb',
    content_type: 'model/gltf-binary',
    bytes: GLB.bytes.byteLength,
    sha256: await sha256Hex(GLB.bytes),
  });
  const response = await open('GET', asset.url);
  expect(new Uint8Array(await response.arrayBuffer())).toEqual(GLB.bytes);
  expect(response.headers.get('ETag')).toBe(`"${asset.sha256}"`);
  expect(response.headers.get('Cache-Control')).toBe('private, max-age=31536000, immutable');
  expect(response.headers.get('Access-Control-Allow-Origin')).toBe('*');
});

test('shared caches may keep what lies behind a link if its account says so, and nothing else', async () => {
  const { call, asset, open, head } = await start();
  const reach = (response: Response) => response.headers.get('Cache-Control')?.split(',')[0];
  const changed = await call('PATCH', '/v1/account', { json: { public_files: true } });
  expect(await changed.json()).toMatchObject({ public_files: true });
  expect(reach(await open('GET', asset.url))).toBe('public');
  expect(reach(await call('GET', head.files[0]?.url ?? ''))).toBe('private');
  await call('PATCH', '/v1/account', { json: { public_files: false } });
  expect(reach(await open('GET', asset.url))).toBe('private');
});

test('content leads to the link', async () => {
  const { call, asset, open } = await start();
  const response = await call('GET', asset.urls.content);
  expect(response.status).toBe(302);
  expect((await open('GET', response.headers.get('Location') ?? '')).status).toBe(200);
});

test('a link serves ranges, heads and revalidation', async () => {
  const { asset, open } = await start();
  const part = await open('GET', asset.url, { headers: { Range: 'bytes=1-1' } });
  expect([part.status, new Uint8Array(await part.arrayBuffer())]).toEqual([206, GLB.bytes.slice(1, 2)]);
  expect((await open('HEAD', asset.url)).headers.get('Content-Length')).toBe('3');
  const etag = `"${asset.sha256}"`;
  expect((await open('GET', asset.url, { headers: { 'If-None-Match': etag } })).status).toBe(304);
  await expectProblem(
    await open('GET', asset.url, { headers: { Range: 'bytes=3-' } }),
    'input.range_not_satisfiable',
  );
});

test('a link ends an hour after it was given out, with a minute of grace for other clocks', async () => {
  const { clock, asset, open } = await start();
  const endsAtMs = Date.parse(asset.url_expires_at);
  expect(clock.now() + 3_600_000 - endsAtMs).toBeLessThan(1000);
  clock.advance(endsAtMs - clock.now() + 60_000);
  expect((await open('GET', asset.url)).status).toBe(200);
  clock.advance(1);
  const response = await open('GET', asset.url);
  expect(response.headers.get('Access-Control-Allow-Origin')).toBe('*');
  await expectProblem(response, 'asset.url_expired');
});

describe('a link is refused', () => {
  const change = (url: string, change: (url: URL) => void) => {
    const changed = new URL(url, 'https://edge.test');
    change(changed);
    return changed.pathname + changed.search;
  };

  test('when any part of it was changed or left out', async () => {
    const { asset, open } = await start();
    const other = (await start()).asset;
    const bad = [
      change(asset.url, (url) => url.searchParams.set('expires', '99999999999')),
      change(asset.url, (url) => url.searchParams.delete('expires')),
      change(asset.url, (url) => url.searchParams.set('key', 'other')),
      change(asset.url, (url) => url.searchParams.delete('signature')),
      change(asset.url, (url) => url.searchParams.set('signature', 'A'.repeat(43))),
      change(asset.url, (url) => url.searchParams.set('signature', 'é')),
      change(asset.url, (url) => {
        url.pathname = url.pathname.replace(asset.id, other.id);
      }),
      change(asset.url, (url) => {
        url.pathname = url.pathname.replace('head.glb', 'head.state');
      }),
    ];
    for (const url of bad) await expectProblem(await open('GET', url), 'asset.url_invalid');
  });

  test('once the head was deleted', async () => {
    const { call, head, asset, open } = await start();
    expect((await call('DELETE', head.urls.self)).status).toBe(200);
    await expectProblem(await open('GET', asset.url), 'resource.not_found');
    await expectProblem(await call('GET', asset.urls.self), 'resource.not_found');
  });

  test('by an edge that has dropped the key, but not while the key is only an older one', async () => {
    const { asset } = await start();
    const [key] = deps.config.fileLinkKeys;
    if (key === undefined) throw new Error('expected a key');
    const fresh = { name: 'fresh', key: crypto.getRandomValues(new Uint8Array(32)) };
    const edgeWith = (fileLinkKeys: (typeof key)[]) =>
      makeClient(null, makeEdge({ config: { ...deps.config, fileLinkKeys } }).fetcher);
    expect((await edgeWith([fresh, key])('GET', asset.url)).status).toBe(200);
    await expectProblem(await edgeWith([fresh])('GET', asset.url), 'asset.url_invalid');
    const sameName = { ...fresh, name: key.name };
    await expectProblem(await edgeWith([sameName])('GET', asset.url), 'asset.url_invalid');
  });
});

test('assets of others, of the other mode, and private ones do not exist', async () => {
  const { call, head, asset } = await start();
  const stranger = makeClient((await makeAccount()).key);
  const token = ClientTokenWithSecret.parse(
    await (
      await call('POST', '/v1/client_tokens', { json: { end_user: 'u', allow: { read: 'own' } } })
    ).json(),
  );
  const all = await deps.db.select().from(assets).where(eq(assets.jobId, head.job_id));
  const hidden = all.find(({ visibility }) => visibility === 'private');
  expect(hidden?.name).toBe('head.state');
  for (const suffix of ['', '/content']) {
    await expectProblem(await stranger('GET', `/v1/assets/${asset.id}${suffix}`), 'resource.not_found');
    await expectProblem(
      await makeClient(token.secret)('GET', `/v1/assets/${asset.id}${suffix}`),
      'resource.not_found',
    );
    await expectProblem(await call('GET', `/v1/assets/${hidden?.id}${suffix}`), 'resource.not_found');
    await expectProblem(await anyone('GET', `/v1/assets/${asset.id}${suffix}`), 'auth.missing_key');
  }
});

test('a token that may read the head reads its files, too', async () => {
  const { call, head, asset } = await start();
  const body = { end_user: 'u', allow: { read: [head.id] } };
  const minted = await call('POST', '/v1/client_tokens', { json: body });
  const app = makeClient(ClientTokenWithSecret.parse(await minted.json()).secret);
  expect((await readAsset(app, asset.id)).id).toBe(asset.id);
  const file = Head.parse(await (await app('GET', head.urls.self)).json()).files[0];
  expect((await app('GET', file?.url ?? '')).status).toBe(200);
});
