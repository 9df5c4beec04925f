import { afterEach, expect, test, vi } from 'vitest';
import { resolveOverHttps } from '../resolver/dns-over-https.ts';
import { sendByFetch } from './fetch.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

/** The platform's `fetch`, as far as a signal goes: the answer waits for it, and so does a body that never ends. */
function fakeFetch(respond: (signal: AbortSignal | null, init: RequestInit) => Promise<Response>) {
  return vi
    .spyOn(globalThis, 'fetch')
    .mockImplementation((_, init) => respond(init?.signal ?? null, init ?? {}));
}

const aborted = (signal: AbortSignal | null) =>
  new Promise<never>((_, reject) => {
    signal?.addEventListener('abort', () => reject(new Error('aborted')));
  });

const post = {
  url: 'https://hooks.example/in',
  headers: { 'webhook-id': 'evt_1' },
  body: '{}',
  timeoutMs: 20,
};

test('what was sent is what was asked for, and redirects come back as they are', async () => {
  const spy = fakeFetch(async (_, init) => {
    expect(init).toMatchObject({ method: 'POST', body: '{}', headers: post.headers, redirect: 'manual' });
    return new Response(null, { status: 307, headers: { Location: 'http://10.0.0.1/', 'Retry-After': '7' } });
  });
  expect(await sendByFetch(post)).toEqual({
    kind: 'answered',
    status: 307,
    location: 'http://10.0.0.1/',
    retryAfter: '7',
    excerpt: '',
  });
  expect(spy).toHaveBeenCalledTimes(1);
});

test('a server that never answers is left when the time is over', async () => {
  fakeFetch((signal) => aborted(signal));
  expect(await sendByFetch(post)).toEqual({ kind: 'timed_out' });
});

test('a body that trickles for ever costs neither more time nor the status that came before it', async () => {
  const trickle = new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode('out of\n\u0000order'));
    },
  });
  fakeFetch(async () => new Response(trickle, { status: 500 }));
  expect(await sendByFetch(post)).toMatchObject({ kind: 'answered', status: 500, excerpt: 'out of order' });
});

test('of a huge answer only the beginning is read, and of a success nothing', async () => {
  let read = 0;
  const endless = () =>
    new ReadableStream({
      pull(controller) {
        read += 1;
        controller.enqueue(new TextEncoder().encode('x'.repeat(1000)));
      },
    });
  fakeFetch(async () => new Response(endless(), { status: 503 }));
  const result = await sendByFetch(post);
  expect(result).toMatchObject({ excerpt: 'x'.repeat(500) });
  expect(read).toBeLessThan(6);
  fakeFetch(async () => new Response(endless(), { status: 200 }));
  expect(await sendByFetch(post)).toMatchObject({ status: 200, excerpt: '' });
});

test('a connection that fails is told in words', async () => {
  fakeFetch(() => Promise.reject(new Error('the certificate is for somebody else')));
  expect(await sendByFetch(post)).toEqual({ kind: 'failed', detail: 'the certificate is for somebody else' });
});

test('a name is looked up in both families, aliases aside; no answer is an error, no address is none', async () => {
  const answers: Record<string, unknown> = {
    '1': {
      Status: 0,
      Answer: [
        { type: 5, data: 'alias.example.' },
        { type: 1, data: '1.1.1.1' },
      ],
    },
    '28': { Status: 0, Answer: [{ type: 28, data: '2606:4700::1111' }] },
  };
  const spy = vi.spyOn(globalThis, 'fetch');
  spy.mockImplementation(async (input) => {
    const url = new URL(new Request(input).url);
    expect([url.host, url.searchParams.get('name')]).toEqual(['cloudflare-dns.com', 'hooks.example']);
    return Response.json(answers[url.searchParams.get('type') ?? '']);
  });
  expect(await resolveOverHttps('hooks.example')).toEqual(['1.1.1.1', '2606:4700::1111']);
  spy.mockImplementation(async () => Response.json({ Status: 3 }));
  expect(await resolveOverHttps('hooks.example')).toEqual([]);
  spy.mockImplementation(async () => Response.json({ Status: 2 }));
  await expect(resolveOverHttps('hooks.example')).rejects.toThrow('the name server said 2');
  spy.mockImplementation(async () => new Response('', { status: 502 }));
  await expect(resolveOverHttps('hooks.example')).rejects.toThrow('the name server answered 502');
});
