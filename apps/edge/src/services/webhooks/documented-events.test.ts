import { EventList, type Event } from '@headwright/shared/api/events';
import type { SetLimitsRequest } from '@headwright/shared/api/billing';
import { SubscribableEventType } from '@headwright/shared/event-types';
import { WebhookEndpointWithSecret } from '@headwright/shared/api/webhooks';
import { afterEach, expect, test } from 'vitest';
import { z } from 'zod';
import type { OpenApiDocument } from '../../http/openapi-document.ts';
import { SCHEDULE } from '../../scheduled/index.ts';
import { type Client, makeClient } from '../../test/client.ts';
import { createJob } from '../../test/create-job.ts';
import { deps as world, endAllJobs, makeAccount, makeClock, makeEdge } from '../../test/factories.ts';
import { type FakeRunner, makeFakeRunner } from '../../test/fake-runner.ts';
import { claimOrThrow, FILES } from '../../test/start-attempt.ts';
import { answer, makeResolver, makeSink, verify } from '../../test/webhook-sink.ts';
import { deliverDue } from './deliver-due.ts';

afterEach(endAllJobs);

const HOOK = 'https://hooks.example/in';
const GONE = 'https://hooks.example/gone';

/** Each state that a job can get into, once. */
async function walkAllStates(call: Client, runner: FakeRunner): Promise<void> {
  const { head } = await createJob(call);
  await runner.finish(await claimOrThrow(runner), FILES);
  await call('DELETE', head.urls.self);
  for (const code of ['engine_failed', 'rejected'] as const) {
    await createJob(call);
    await runner.fail(await claimOrThrow(runner), code, false);
  }
  const { job } = await createJob(call);
  const claim = await claimOrThrow(runner);
  await call('POST', job.urls.cancel);
  await runner.fail(claim, 'canceled');
  await call('POST', '/v1/heads', { json: { prompt: 'too late', preset: 'smoke', deadline_s: 1 } });
}

test('every webhook of the document is sent as the document says, and no other', async () => {
  const clock = makeClock();
  const sink = makeSink(({ url }) => answer(url === GONE ? 410 : 204));
  const edge = makeEdge({
    clock: clock.now,
    outbound: sink.outbound,
    resolve: makeResolver({ 'hooks.example': ['1.1.1.1'] }),
    doorbell: { ...world.doorbell, deliveryDue: async () => undefined },
    config: { ...world.config, isLocal: false },
  });
  const call = makeClient((await makeAccount()).key, edge.fetcher);
  const runner = await makeFakeRunner({ fetcher: edge.fetcher });
  const add = async (url: string) => {
    const json = { url, event_types: SubscribableEventType.options };
    return WebhookEndpointWithSecret.parse(
      await (await call('POST', '/v1/webhook_endpoints', { json })).json(),
    );
  };
  const endpoint = await add(HOOK);
  const gone = await add(GONE);
  await walkAllStates(call, runner);
  await call('POST', `${endpoint.urls.self}/test`);
  const json: SetLimitsRequest = { monthly_cap: 1 };
  await call('PUT', '/v1/limits', { json });
  clock.advance(2000);
  await SCHEDULE['* * * * *']?.(edge.deps);
  await deliverDue(edge.deps, gone.id);
  // What nobody can subscribe to is sent when it is asked for.
  const { data } = EventList.parse(await (await call('GET', '/v1/events?limit=100')).json());
  const again = async (type: Event['type']) => {
    const { urls } = data.find((event) => event.type === type) ?? { urls: { redeliver: `no ${type}` } };
    expect((await call('POST', urls.redeliver, { json: { endpoint_id: endpoint.id } })).status).toBe(202);
  };
  await again('job.queued');
  await again('job.canceling');
  await deliverDue(edge.deps, endpoint.id);

  const { webhooks, components } = await (await call('GET', '/v1/openapi.json')).json<OpenApiDocument>();
  const sent = sink.posts
    .filter(({ url }) => url === HOOK)
    .map((post) => ({ post, payload: verify(endpoint.secret, post, clock.now()) }));
  for (const { post, payload } of sent) {
    const { parameters, requestBody } = webhooks[payload.type]?.post ?? { parameters: [] };
    for (const { name } of parameters) expect(post.headers, payload.type).toHaveProperty(name);
    const schema = { ...requestBody?.content?.['application/json']?.schema, $defs: components.schemas };
    const text = JSON.stringify(schema).replaceAll('#/components/schemas/', '#/$defs/');
    expect(z.fromJSONSchema(JSON.parse(text)).safeParse(JSON.parse(post.body)).error).toBeUndefined();
  }
  const types = new Set(sent.map(({ payload }) => payload.type));
  expect([...types].toSorted()).toEqual(Object.keys(webhooks).toSorted());
});
