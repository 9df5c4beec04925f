import { EventList } from '@headwright/shared/api/events';
import { RedeliverMissedResponse, WebhookEndpointWithSecret } from '@headwright/shared/api/webhooks';
import { afterEach, expect, test } from 'vitest';
import { makeClient } from '../../../test/client.ts';
import { createJob } from '../../../test/create-job.ts';
import { deps as world, endAllJobs, makeAccount, makeClock, makeEdge } from '../../../test/factories.ts';
import { answer, makeResolver, makeSink } from '../../../test/webhook-sink.ts';
import { deliverDue } from '../deliver-due.ts';

afterEach(endAllJobs);

test('what an endpoint has missed since an instant is sent again, and what it took is not', async () => {
  const clock = makeClock();
  const begunAt = new Date(clock.now()).toISOString();
  let status = 204;
  const sink = makeSink(() => answer(status));
  const edge = makeEdge({
    clock: clock.now,
    outbound: sink.outbound,
    resolve: makeResolver({ 'hooks.example': ['1.1.1.1'] }),
    doorbell: { ...world.doorbell, deliveryDue: async () => undefined },
  });
  const call = makeClient((await makeAccount()).key, edge.fetcher);
  const cancelJob = async () => {
    const { job } = await createJob(call);
    await call('POST', job.urls.cancel);
    clock.advance(1000);
    return job.id;
  };
  const before = await cancelJob();
  const json = { url: 'https://hooks.example/in' };
  const { id, urls } = WebhookEndpointWithSecret.parse(
    await (await call('POST', '/v1/webhook_endpoints', { json })).json(),
  );
  const took = await cancelJob();
  await deliverDue(edge.deps, id);
  const afterTaken = new Date(clock.now()).toISOString();
  status = 410;
  const refused = await cancelJob();
  await deliverDue(edge.deps, id);
  const whileDisabled = await cancelJob();
  await call('PATCH', urls.self, { json: { status: 'enabled' } });
  status = 204;
  sink.posts.length = 0;
  const redeliver = async (since: string) => {
    const response = await call('POST', `${urls.self}/redeliver`, { json: { since } });
    return RedeliverMissedResponse.parse(await response.json());
  };
  expect(await redeliver(afterTaken)).toMatchObject({ count: 3, has_more: false });
  expect(await redeliver(begunAt), 'what is under way is not begun twice').toMatchObject({ count: 1 });
  await deliverDue(edge.deps, id);
  const sent = sink.posts.map(({ body }) => JSON.parse(body)).filter(({ type }) => type === 'job.canceled');
  const jobs = sent.map(({ data }) => data.job);
  expect(new Set(jobs)).toEqual(new Set([before, refused, whileDisabled]));
  expect(jobs).not.toContain(took);
  expect(await redeliver(begunAt)).toMatchObject({ count: 0 });
  const { data } = EventList.parse(await (await call('GET', '/v1/events?type=endpoint.disabled')).json());
  expect(data).toHaveLength(1);
});
