import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { EventList } from '@headwright/shared/api/events';
import { WebhookPayload } from '@headwright/shared/api/webhook-payloads';
import { DeliveryList, WebhookEndpointWithSecret } from '@headwright/shared/api/webhooks';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ROOT } from '../../scripts/wrangler.ts';
import { type TestEdge, startTestEdge } from '../harness/edge.ts';
import { waitFor } from '../harness/wait-for.ts';
import { type WebhookSink, expectedSignature, startWebhookSink } from '../harness/webhook-sink.ts';

let edge: TestEdge;
let sink: WebhookSink;
beforeAll(async () => {
  // `/shaky` is well at the second try; `/moved` sends everybody to a place where nobody may go.
  sink = await startWebhookSink((path, count) => {
    if (path === '/moved') return { status: 307, location: '/inside' };
    return { status: path === '/shaky' && count === 1 ? 500 : 200 };
  });
  edge = await startTestEdge();
});
afterAll(async () => {
  await edge.stop();
  await sink.close();
});

async function addEndpoint(path: string): Promise<WebhookEndpointWithSecret> {
  const response = await edge.request('/v1/webhook_endpoints', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ url: `${sink.url}${path}` }),
  });
  expect(response.status).toBe(201);
  return WebhookEndpointWithSecret.parse(await response.json());
}

const at = (path: string) => sink.received.filter((hook) => hook.path === path);

test('the end of a job arrives over the network, signed, again after a failure, and never behind a redirect', async () => {
  const shaky = await addEndpoint('/shaky');
  const moved = await addEndpoint('/moved');
  const { job } = await edge.api.createHead({ prompt: 'an old man', preset: 'smoke' });
  await edge.api.cancelJob(job.id);
  await waitFor('the second attempt', () => at('/shaky').length === 2);
  await waitFor('the redirect', () => at('/moved').length > 0);
  const events = EventList.parse(await (await edge.request(`/v1/events?job_id=${job.id}`)).json());
  const [event] = events.data;
  for (const hook of at('/shaky')) {
    expect(hook.headers['webhook-id']).toBe(event?.id);
    expect(hook.headers['webhook-signature']).toBe(expectedSignature(shaky.secret, hook));
    expect(WebhookPayload.parse(JSON.parse(hook.body))).toMatchObject({
      type: 'job.canceled',
      data: event?.data,
    });
  }
  const log = async (endpoint: WebhookEndpointWithSecret) =>
    DeliveryList.parse(await (await edge.request(endpoint.urls.deliveries)).json()).data[0];
  await waitFor('the log', async () => (await log(shaky))?.status === 'succeeded');
  expect((await log(shaky))?.attempts.map(({ status_code }) => status_code)).toEqual([500, 200]);
  expect((await log(moved))?.attempts[0]).toMatchObject({ outcome: 'redirected', status_code: 307 });
  expect(at('/inside')).toEqual([]);
});

test('npm run listen brings events to a program that the API cannot reach, signed with the secret that it prints', async () => {
  const child = spawn(process.execPath, [join(ROOT, 'scripts/listen.ts'), '--to', `${sink.url}/listened`], {
    env: { ...process.env, HEADWRIGHT_URL: edge.url, HEADWRIGHT_KEY: edge.keys.apiKey },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let printed = '';
  child.stdout.on('data', (chunk) => (printed += String(chunk)));
  try {
    await waitFor('the secret', () => printed.includes('Listening. Secret: '));
    const secret = /whsec_\S+/.exec(printed)?.[0] ?? '';
    const { job } = await edge.api.createHead({ prompt: 'an old man', preset: 'smoke' });
    await edge.api.cancelJob(job.id);
    await waitFor('the event', () => at('/listened').length > 0 && printed.includes('→ 200'));
    const [hook, ...others] = at('/listened');
    if (hook === undefined) throw new Error('expected a request');
    expect(others).toEqual([]);
    expect(hook.headers['webhook-signature']).toBe(expectedSignature(secret, hook));
    expect(WebhookPayload.parse(JSON.parse(hook.body))).toMatchObject({
      type: 'job.canceled',
      data: { job: job.id },
    });
  } finally {
    child.kill('SIGTERM');
  }
  await waitFor('its end', () => child.exitCode !== null || child.signalCode !== null);
  expect(child.exitCode, 'it ends in good order when it is told to').toBe(0);
});
