import { DeliveryList, WebhookEndpoint, WebhookEndpointWithSecret } from '@headwright/shared/api/webhooks';
import { expect } from 'vitest';
import type { Outbound, OutboundPost, OutboundResult } from '../ports/outbound/interface.ts';
import { deliverDue } from '../services/webhooks/deliver-due.ts';
import { makeClient } from './client.ts';
import { createJob } from './create-job.ts';
import { deps as world, makeAccount, makeClock, makeEdge } from './factories.ts';
import { makeResolver, makeSink } from './webhook-sink.ts';

/** Where its endpoint is. */
export const HOOK = 'https://hooks.example/in';

interface Options {
  reply?: (post: OutboundPost, count: number) => OutboundResult;
  table?: Record<string, string[]>;
  /** Instead of the sink. */
  outbound?: Outbound;
}

/** An account whose only sender is the test, with one endpoint, on a clock that the test moves. */
export async function makeHookedAccount({
  reply,
  table = { 'hooks.example': ['1.1.1.1'] },
  outbound,
}: Options = {}) {
  const clock = makeClock();
  const sink = makeSink(reply);
  const rung: string[] = [];
  const doorbell = { ...world.doorbell, deliveryDue: async (id: string) => void rung.push(id) };
  const config = { ...world.config, isLocal: false };
  const edge = makeEdge({
    clock: clock.now,
    outbound: outbound ?? sink.outbound,
    resolve: makeResolver(table),
    doorbell,
    config,
  });
  const account = await makeAccount();
  const call = makeClient(account.key, edge.fetcher);
  const add = async (more: object = {}) => {
    const response = await call('POST', '/v1/webhook_endpoints', { json: { url: HOOK, ...more } });
    expect(response.status).toBe(201);
    return WebhookEndpointWithSecret.parse(await response.json());
  };
  const endpoint = await add();
  const read = async (id: string = endpoint.id) =>
    WebhookEndpoint.parse(await (await call('GET', `/v1/webhook_endpoints/${id}`)).json());
  const log = async (id: string = endpoint.id) =>
    DeliveryList.parse(await (await call('GET', `/v1/webhook_endpoints/${id}/deliveries`)).json()).data;
  /** The shortest way to an event that everybody is told of. */
  const cancelJob = async () => {
    const { job } = await createJob(call);
    await call('POST', job.urls.cancel);
    return job;
  };
  const deliver = (id: string = endpoint.id) => deliverDue(edge.deps, id);
  return { clock, sink, rung, edge, account, call, add, endpoint, read, log, cancelJob, deliver };
}
