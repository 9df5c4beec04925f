import { Limits } from '@headwright/shared/api/billing';
import { Event, EventList } from '@headwright/shared/api/events';
import { DeliveryList, WebhookEndpointWithSecret } from '@headwright/shared/api/webhooks';
import { afterEach, expect, test } from 'vitest';
import { makeClient } from '../../test/client.ts';
import { createJob } from '../../test/create-job.ts';
import { endAllJobs, makeAccount } from '../../test/factories.ts';
import { makeFakeRunner } from '../../test/fake-runner.ts';
import { HOOK, makeHookedAccount } from '../../test/make-hooked-account.ts';
import { claimOrThrow, FILES } from '../../test/start-attempt.ts';
import { answer, makeSink, verify } from '../../test/webhook-sink.ts';
import { deliverDue } from './deliver-due.ts';
import { sweepWebhooks } from './sweep.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

afterEach(endAllJobs);

const outcomes = (log: Awaited<ReturnType<Awaited<ReturnType<typeof makeHookedAccount>>['log']>>) =>
  log.map(({ status, attempts }) => [status, attempts.map(({ outcome }) => outcome)]);

test('the end of a job is told once: signed, with ids and addresses, without prompt or file', async () => {
  const { call, edge, sink, rung, endpoint, deliver, log, clock } = await makeHookedAccount();
  const runner = await makeFakeRunner({ fetcher: edge.fetcher });
  const { head, job } = await createJob(call, 'a secret prompt');
  await runner.finish(await claimOrThrow(runner), FILES);
  expect(rung).toEqual([endpoint.id]);
  expect(await deliver()).toBeNull();
  expect(sink.posts).toHaveLength(1);
  const [post] = sink.posts;
  if (post === undefined) throw new Error('expected a request');
  expect(post.url).toBe(HOOK);
  expect(post.timeoutMs).toBe(15_000);
  const payload = verify(endpoint.secret, post, clock.now());
  const list = EventList.parse(await (await call('GET', `/v1/events?job_id=${job.id}`)).json());
  const [event] = list.data;
  expect(list.data.map(({ type }) => type)).toEqual(['job.succeeded', 'job.running', 'job.queued']);
  expect(payload).toEqual({ type: 'job.succeeded', timestamp: event?.created_at, data: event?.data });
  expect(payload.data).toEqual({
    job: job.id,
    head: head.id,
    status: 'succeeded',
    sequence: 3,
    urls: { job: job.urls.self, head: head.urls.self },
  });
  expect(post.headers['webhook-id']).toBe(event?.id);
  expect(post.body).not.toMatch(/secret|\/file\//);
  expect(post.body.length).toBeLessThan(20_000);
  expect(outcomes(await log())).toEqual([['succeeded', ['delivered']]]);
  await deliver();
  expect(sink.posts).toHaveLength(1);
});

test('an endpoint hears what it asked for, of its own account and mode', async () => {
  const { call, add, cancelJob, log, deliver, sink, edge } = await makeHookedAccount();
  const curious = await add({ event_types: ['job.running', 'job.succeeded'] });
  const runner = await makeFakeRunner({ fetcher: edge.fetcher });
  await createJob(call);
  await runner.finish(await claimOrThrow(runner), FILES);
  await cancelJob();
  const other = await makeAccount();
  const { job } = await createJob(makeClient(other.key, edge.fetcher));
  await makeClient(other.key, edge.fetcher)('POST', job.urls.cancel);
  const types = async (id?: string) => (await log(id)).map(({ event_type }) => event_type).toSorted();
  expect(await types()).toEqual(['job.canceled', 'job.succeeded']);
  expect(await types(curious.id)).toEqual(['job.running', 'job.succeeded']);
  await deliver();
  expect(sink.posts).toHaveLength(2);
});

test('a redirect is a failure that the log shows, and nobody follows it', async () => {
  const location = 'http://169.254.169.254/latest/meta-data';
  const { cancelJob, deliver, sink, log } = await makeHookedAccount({
    reply: () => answer(302, { location }),
  });
  await cancelJob();
  await deliver();
  expect(sink.posts.map(({ url }) => url)).toEqual([HOOK]);
  const [delivery] = await log();
  expect(delivery).toMatchObject({
    status: 'pending',
    attempts: [{ outcome: 'redirected', status_code: 302 }],
  });
  expect(delivery?.attempts[0]?.detail).toContain(location);
});

test.each([
  ['a private address', ['10.0.0.7'], 'refused_address'],
  ['the metadata of a cloud', ['169.254.169.254'], 'refused_address'],
  ['one public and one private address', ['1.1.1.1', 'fd00::1'], 'refused_address'],
  ['this machine', ['127.0.0.1'], 'refused_address'],
  ['no address', [], 'unresolved'],
])('a name that leads to %s is never contacted', async (_, addresses, outcome) => {
  const { cancelJob, deliver, sink, log } = await makeHookedAccount({
    table: { 'hooks.example': addresses },
  });
  await cancelJob();
  await deliver();
  expect(sink.posts).toEqual([]);
  expect(outcomes(await log())).toEqual([['pending', [outcome]]]);
});

test('names are looked up before each attempt: one that turns inward is not contacted again', async () => {
  const table: Record<string, string[]> = { 'hooks.example': ['1.1.1.1'] };
  const { cancelJob, deliver, sink, log, clock } = await makeHookedAccount({
    table,
    reply: () => answer(500),
  });
  await cancelJob();
  await deliver();
  table['hooks.example'] = ['192.168.1.1'];
  clock.advance(6_000);
  await deliver();
  delete table['hooks.example'];
  clock.advance(6 * 60_000);
  await deliver();
  expect(sink.posts).toHaveLength(1);
  expect(outcomes(await log())).toEqual([['pending', ['http_error', 'refused_address', 'unresolved']]]);
});

test('what fails is tried again with the same id and body, a new signature, and no sooner than Retry-After', async () => {
  const { cancelJob, deliver, sink, log, clock, endpoint, read } = await makeHookedAccount({
    reply: (_, count) =>
      [answer(503, { retryAfter: '90', excerpt: 'busy' }), { kind: 'timed_out' } as const][count - 1] ??
      answer(200),
  });
  await cancelJob();
  const firstMs = clock.now();
  expect(await deliver()).toBe(firstMs + 90_000);
  expect(await read()).toMatchObject({ failing_since: new Date(firstMs).toISOString() });
  clock.advance(89_999);
  await deliver();
  expect(sink.posts).toHaveLength(1);
  clock.advance(1);
  await deliver();
  clock.advance(6 * 60_000);
  expect(await deliver()).toBeNull();
  const [first, , third] = sink.posts;
  if (first === undefined || third === undefined) throw new Error('expected three requests');
  expect([third.body, third.headers['webhook-id']]).toEqual([first.body, first.headers['webhook-id']]);
  expect(third.headers['webhook-signature']).not.toBe(first.headers['webhook-signature']);
  verify(endpoint.secret, third, clock.now());
  expect(() => verify(endpoint.secret, first, clock.now()), 'a replay').toThrow('too old');
  const [delivery] = await log();
  expect(delivery).toMatchObject({ status: 'succeeded', next_attempt_at: null });
  expect(delivery?.attempts).toMatchObject([
    { number: 1, outcome: 'http_error', status_code: 503, response_excerpt: 'busy' },
    { number: 2, outcome: 'timed_out', status_code: null },
    { number: 3, outcome: 'delivered', status_code: 200, response_excerpt: null },
  ]);
  expect((await read()).failing_since).toBeNull();
});

test('410 from an address that its owner has just replaced disables nothing', async () => {
  let move = async () => {};
  const sink = makeSink(() => answer(410));
  const { cancelJob, deliver, call, read, endpoint } = await makeHookedAccount({
    outbound: async (post) => {
      await move();
      return sink.outbound(post);
    },
  });
  move = async () => {
    await call('PATCH', `/v1/webhook_endpoints/${endpoint.id}`, { json: { url: `${HOOK}/new` } });
  };
  await cancelJob();
  await deliver();
  expect(await read()).toMatchObject({ status: 'enabled', url: `${HOOK}/new` });
});

test('410 disables at once: what waits is dropped, later events pass by, the other endpoints are told', async () => {
  const { cancelJob, deliver, sink, log, read, add, rung, call } = await makeHookedAccount({
    reply: ({ url }) => answer(url === HOOK ? 410 : 204),
  });
  const other = await add({ url: 'https://hooks.example/other' });
  await cancelJob();
  await deliver();
  await cancelJob();
  const { endpoint } = { endpoint: await read() };
  expect(endpoint).toMatchObject({ status: 'disabled', disabled_reason: 'gone' });
  expect(outcomes(await log())).toEqual([['dropped', ['http_error']]]);
  expect(rung).toContain(other.id);
  await deliver(other.id);
  const told = sink.posts.filter(({ url }) => url.endsWith('/other')).map(({ body }) => JSON.parse(body));
  expect(told.map(({ type }) => String(type)).toSorted()).toEqual([
    'endpoint.disabled',
    'job.canceled',
    'job.canceled',
  ]);
  expect(told.find(({ type }) => type === 'endpoint.disabled').data).toMatchObject({
    endpoint: endpoint.id,
    reason: 'gone',
  });
  const enabled = await call('PATCH', endpoint.urls.self, { json: { status: 'enabled' } });
  expect(await enabled.json()).toMatchObject({ status: 'enabled', disabled_reason: null });
});

test('five days without a success disable an endpoint, and a success in between does not', async () => {
  let status = 500;
  const { cancelJob, deliver, read, log, clock } = await makeHookedAccount({ reply: () => answer(status) });
  await cancelJob();
  await deliver();
  clock.advance(3 * DAY);
  status = 200;
  await deliver();
  status = 500;
  clock.advance(3 * DAY);
  await cancelJob();
  await deliver();
  expect((await read()).status, 'six days after the first failure, none before the second').toBe('enabled');
  clock.advance(5 * DAY - 1);
  await deliver();
  expect((await read()).status).toBe('enabled');
  clock.advance(HOUR);
  await deliver();
  expect(await read()).toMatchObject({ status: 'disabled', disabled_reason: 'failing' });
  expect((await log())[0]?.status).toBe('dropped');
});

test('after a rotation both secrets verify for 24 hours, then only the new one', async () => {
  const { cancelJob, deliver, sink, call, endpoint, clock, edge } = await makeHookedAccount();
  const rotated = WebhookEndpointWithSecret.parse(
    await (await call('POST', `${endpoint.urls.self}/rotate_secret`)).json(),
  );
  expect(rotated.secret).not.toBe(endpoint.secret);
  expect(rotated.previous_secret_expires_at).toBe(new Date(clock.now() + DAY).toISOString());
  clock.advance(DAY - 1);
  await cancelJob();
  await deliver();
  clock.advance(1);
  await cancelJob();
  await deliver();
  const [during, after] = sink.posts;
  if (during === undefined || after === undefined) throw new Error('expected two requests');
  expect(verify(endpoint.secret, during, clock.now())).toEqual(verify(rotated.secret, during, clock.now()));
  verify(rotated.secret, after, clock.now());
  expect(() => verify(endpoint.secret, after, clock.now())).toThrow('No matching signature');
  await sweepWebhooks(edge.deps);
  const row = await edge.deps.db.all<{ previous_secret: string | null }>(
    `select previous_secret from webhook_endpoints where id = '${endpoint.id}'`,
  );
  expect(row).toEqual([{ previous_secret: null }]);
});

test('secrets lie encrypted, and a sweep seals them anew while a key is being rotated', async () => {
  const { cancelJob, deliver, sink, endpoint, edge, clock } = await makeHookedAccount();
  const stored = async () =>
    (
      await edge.deps.db.all<{ secret: string }>(
        `select secret from webhook_endpoints where id = '${endpoint.id}'`,
      )
    )[0]?.secret ?? '';
  const before = await stored();
  expect(before).toMatch(/^local\./);
  expect(before).not.toContain(endpoint.secret.slice(6));
  const next = { name: 'next', key: crypto.getRandomValues(new Uint8Array(32)) };
  const rotating = {
    ...edge.deps,
    config: { ...edge.deps.config, webhookKeys: [next, ...edge.deps.config.webhookKeys] },
  };
  await sweepWebhooks(rotating);
  expect(await stored()).toMatch(/^next\./);
  await cancelJob();
  await deliverDue({ ...rotating, config: { ...rotating.config, webhookKeys: [next] } }, endpoint.id);
  const [post] = sink.posts;
  if (post === undefined) throw new Error('expected a request');
  verify(endpoint.secret, post, clock.now());
  await expect(deliver(), 'nothing is due').resolves.toBeNull();
});

test('two senders at once make one request', async () => {
  const { cancelJob, deliver, sink } = await makeHookedAccount();
  await cancelJob();
  await Promise.all([deliver(), deliver(), deliver()]);
  expect(sink.posts).toHaveLength(1);
});

test('an attempt that a restart cut off is in the log, and the next one comes after a minute', async () => {
  let isLost = true;
  const { cancelJob, deliver, log, clock, edge, rung, endpoint } = await makeHookedAccount({
    reply: () => {
      if (isLost) throw new Error('the process has ended');
      return answer(200);
    },
  });
  await cancelJob();
  const startedMs = clock.now();
  expect(await deliver()).toBe(startedMs + 60_000);
  expect(outcomes(await log())).toEqual([['pending', ['unfinished']]]);
  isLost = false;
  clock.advance(60_000);
  rung.length = 0;
  await sweepWebhooks(edge.deps);
  expect(rung, 'the sweep rings for what is due').toContain(endpoint.id);
  await deliver();
  expect(outcomes(await log())).toEqual([['succeeded', ['unfinished', 'delivered']]]);
});

test('attempts that were lost count: after the eighth the delivery has failed', async () => {
  const { cancelJob, deliver, log, clock, sink, read } = await makeHookedAccount({
    reply: () => {
      throw new Error('the process has ended');
    },
  });
  await cancelJob();
  for (let nextMs = await deliver(); nextMs !== null; nextMs = await deliver()) clock.advance(60_000);
  expect(sink.posts).toHaveLength(8);
  expect((await log())[0]?.status).toBe('failed');
  expect((await read()).failing_since, 'it is not the endpoint’s fault').toBeNull();
});

test('an event is sent again with its id and from the start of the schedule, also to an endpoint newer than it', async () => {
  const { cancelJob, deliver, log, clock, call, sink, add, endpoint } = await makeHookedAccount({
    reply: (_, count) => answer(count <= 8 ? 500 : 200),
  });
  const job = await cancelJob();
  for (let nextMs = await deliver(); nextMs !== null; nextMs = await deliver()) {
    clock.advance(nextMs - clock.now());
  }
  expect(sink.posts).toHaveLength(8);
  expect((await log())[0]).toMatchObject({ status: 'failed', next_attempt_at: null });
  const [event] = EventList.parse(
    await (await call('GET', `/v1/events?job_id=${job.id}&type=job.canceled`)).json(),
  ).data;
  if (event === undefined) throw new Error('expected an event');
  expect(Event.parse(await (await call('GET', event.urls.self)).json())).toEqual(event);

  const newer = await add({ url: 'https://hooks.example/newer' });
  const again = await call('POST', event.urls.redeliver);
  expect(again.status).toBe(202);
  const { data } = DeliveryList.parse(await again.json());
  expect(data.map(({ endpoint_id, status }) => `${endpoint_id} ${status}`).toSorted()).toEqual(
    [`${endpoint.id} pending`, `${newer.id} pending`].toSorted(),
  );
  expect(await deliver()).toBeNull();
  expect(await deliver(newer.id)).toBeNull();
  expect(sink.posts.map(({ headers }) => headers['webhook-id'])).toEqual(Array(10).fill(event.id));
  expect((await log())[0]?.attempts.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);

  const one = await call('POST', event.urls.redeliver, { json: { endpoint_id: newer.id } });
  expect(DeliveryList.parse(await one.json()).data.map(({ endpoint_id }) => endpoint_id)).toEqual([newer.id]);
});

test('an account is told once a month when its jobs reach 80 and 100 percent of its own cap', async () => {
  const { call, deliver, edge, sink } = await makeHookedAccount();
  for (let count = 0; count < 5; count++) await createJob(call);
  const { committed } = Limits.parse(await (await call('GET', '/v1/limits')).json());
  expect(committed, 'five jobs of the cheapest preset').toBe(5);
  const tell = async (cap: number) => {
    await call('PUT', '/v1/limits', { json: { monthly_cap: cap } });
    await Promise.all([sweepWebhooks(edge.deps), sweepWebhooks(edge.deps)]);
    await deliver();
    return sink.posts.map(({ body }) => JSON.parse(body)).map(({ type, data }) => [type, data.percent]);
  };
  expect(await tell(committed * 2), 'half of the cap is no news').toEqual([]);
  expect(await tell(6)).toEqual([['usage.threshold', 80]]);
  expect(await tell(committed)).toEqual([
    ['usage.threshold', 80],
    ['usage.threshold', 100],
  ]);
  expect(await tell(committed)).toHaveLength(2);
});

test('logs are kept for thirty days', async () => {
  const { cancelJob, deliver, log, clock, edge } = await makeHookedAccount();
  await cancelJob();
  await deliver();
  clock.advance(30 * DAY - 1);
  await sweepWebhooks(edge.deps);
  expect(await log()).toHaveLength(1);
  clock.advance(1);
  await sweepWebhooks(edge.deps);
  expect(await log()).toEqual([]);
});
