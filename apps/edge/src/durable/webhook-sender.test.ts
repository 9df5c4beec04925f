import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test';
import { DeliveryList, WebhookEndpointWithSecret } from '@headwright/shared/api/webhooks';
import { afterEach, expect, test, vi } from 'vitest';
import { bindings } from '../test/bindings.ts';
import { makeClient } from '../test/client.ts';
import { createJob } from '../test/create-job.ts';
import { endAllJobs, makeAccount } from '../test/factories.ts';

afterEach(async () => {
  vi.restoreAllMocks();
  vi.useRealTimers();
  await endAllJobs();
});

/** No alarm that is set by this clock fires by itself: it is a year ahead of the platform's. */
function startClock(): void {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 365 * 86_400_000 });
}

/** Answers name lookups with a public address and keeps every other request, at whose address nobody is well. */
function fakeInternet() {
  const requests: { url: string; atMs: number; headers: Headers }[] = [];
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => {
    const request = new Request(input, init);
    if (request.url.startsWith('https://cloudflare-dns.com/dns-query')) {
      const type = Number(new URL(request.url).searchParams.get('type') === '1') || 28;
      const data = type === 1 ? '1.1.1.1' : '2606:4700::1111';
      return Response.json({ Status: 0, Answer: [{ name: 'hooks.example', type, TTL: 1, data }] });
    }
    requests.push({ url: request.url, atMs: Date.now(), headers: request.headers });
    expect(init?.redirect).toBe('manual');
    return new Response('broken', { status: 500 });
  });
  return requests;
}

test('alarms make all eight attempts at the times of the schedule, across restarts, and no ninth', async () => {
  startClock();
  const requests = fakeInternet();
  const { key } = await makeAccount();
  const call = makeClient(key);
  const added = await call('POST', '/v1/webhook_endpoints', { json: { url: 'https://hooks.example/in' } });
  const endpoint = WebhookEndpointWithSecret.parse(await added.json());
  const sender = bindings.WEBHOOK_SENDER.get(bindings.WEBHOOK_SENDER.idFromName(endpoint.id));
  const alarmMs = () => runInDurableObject(sender, (_, state) => state.storage.getAlarm());

  const { job } = await createJob(call);
  await call('POST', job.urls.cancel);
  const endedMs = Date.now();
  expect(await alarmMs(), 'rung by the end of the job').toBe(endedMs);
  const waits: number[] = [];
  for (let number = 1; number <= 8; number++) {
    const dueMs = await alarmMs();
    if (dueMs === null) throw new Error(`attempt ${number} has no alarm`);
    waits.push(dueMs - (requests.at(-1)?.atMs ?? endedMs));
    await evictDurableObject(sender);
    vi.setSystemTime(Math.max(dueMs, Date.now()));
    expect(await runDurableObjectAlarm(sender)).toBe(true);
    expect(requests).toHaveLength(number);
  }
  const scheduleS = [0, 5, 300, 1800, 7200, 18_000, 36_000, 36_000];
  for (const [index, scheduledS] of scheduleS.entries()) {
    const waitedS = (waits[index] ?? Number.NaN) / 1000;
    expect(Math.abs(waitedS - scheduledS), `before attempt ${index + 1}`).toBeLessThanOrEqual(
      scheduledS * 0.1,
    );
  }
  expect(new Set(requests.map(({ headers }) => headers.get('webhook-id'))).size).toBe(1);
  expect(await alarmMs()).toBeNull();
  const log = DeliveryList.parse(await (await call('GET', endpoint.urls.deliveries)).json());
  expect(log.data).toMatchObject([{ status: 'failed', next_attempt_at: null }]);
  expect(log.data[0]?.attempts.map(({ outcome, status_code }) => [outcome, status_code])).toEqual(
    Array.from({ length: 8 }, () => ['http_error', 500]),
  );
});
