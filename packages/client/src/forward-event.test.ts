import { expect, test } from 'vitest';
import { followEvents } from './follow-events.ts';
import { forwardEvent } from './forward-event.ts';
import type { Event } from './generated/types.ts';
import { Headwright } from './headwright.ts';
import { verifyWebhook } from './verify-webhook.ts';

const SECRET = `whsec_${btoa('a secret of thirty-two characters')}`;

function eventOf(number: number): Event {
  const id = `evt_${String(number).padStart(26, '0')}`;
  const urls = { job: '/v1/jobs/job_1', head: '/v1/heads/head_1' };
  return {
    id,
    object: 'event',
    type: 'job.succeeded',
    data: { job: 'job_1', head: 'head_1', status: 'succeeded', sequence: number, urls },
    created_at: '2026-11-23T00:00:00.000Z',
    urls: { self: `/v1/events/${id}`, redeliver: `/v1/events/${id}/redeliver` },
  };
}

/** An account with as many events as the test says, newest first, in pages. */
function makeAccount(eventCount: number) {
  const account = { eventCount, requestCount: 0 };
  const client = new Headwright({
    apiKey: 'hk_test_x',
    baseUrl: 'https://edge.test',
    fetch: async (input) => {
      account.requestCount += 1;
      const { searchParams } = new URL(new Request(input).url);
      const after = searchParams.get('starting_after') ?? '~';
      const limit = Number(searchParams.get('limit'));
      const events = Array.from({ length: account.eventCount }, (_, i) => eventOf(account.eventCount - i));
      const rest = events.filter(({ id }) => id < after);
      return Response.json({ object: 'list', data: rest.slice(0, limit), has_more: rest.length > limit });
    },
  });
  return { account, client };
}

test('events are followed from now on, in order, each once, however many came between two looks', async () => {
  const { account, client } = makeAccount(7);
  const stop = new AbortController();
  const seen: number[] = [];
  const onStart = (): void => {
    account.eventCount = 300;
  };
  for await (const event of followEvents(client, { signal: stop.signal, onStart, pollMs: 1 })) {
    seen.push(Number(event.id.slice(4)));
    if (seen.length === 293) account.eventCount = 302;
    if (seen.length === 295) stop.abort();
  }
  expect(seen).toEqual(Array.from({ length: 295 }, (_, i) => 8 + i));
});

test('an event is forwarded as the API would post it: the receiver’s library verifies it', async () => {
  const received: Request[] = [];
  const event = eventOf(9);
  const status = await forwardEvent(event, {
    url: 'http://127.0.0.1:3000/hooks',
    secret: SECRET,
    fetch: async (input, init) => {
      received.push(new Request(input, init));
      return new Response(null, { status: 307, headers: { Location: '/elsewhere' } });
    },
  });
  expect(status, 'a redirect is told').toBe(307);
  const [hook, ...others] = received;
  if (hook === undefined) throw new Error('expected a request');
  expect(others).toEqual([]);
  expect(hook.redirect, 'and not followed').toBe('manual');
  expect([hook.method, hook.url]).toEqual(['POST', 'http://127.0.0.1:3000/hooks']);
  expect(hook.headers.get('webhook-id')).toBe(event.id);
  const payload = verifyWebhook(await hook.text(), hook.headers, SECRET);
  expect(payload).toEqual({ type: event.type, timestamp: event.created_at, data: event.data });
});
