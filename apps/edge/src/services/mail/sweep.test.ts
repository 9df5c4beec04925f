import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { accountEvents } from '../../db/schema/account-events.ts';
import type { Mail } from '../../ports/mail/interface.ts';
import { makeClient } from '../../test/client.ts';
import { deps as world, makeAccount, makeClock, makeEdge } from '../../test/factories.ts';
import { answer, makeResolver, makeSink } from '../../test/webhook-sink.ts';
import { deliverDue } from '../webhooks/deliver-due.ts';
import { sweepMail } from './sweep.ts';

const TO = 'owner@example.com';

/** An account whose only endpoint has just answered 410. */
async function disableEndpoint(contactEmail: string | null) {
  const clock = makeClock();
  const mails: Mail[] = [];
  const relay = { works: true };
  const edge = makeEdge({
    clock: clock.now,
    mail: async (mail) => {
      if (!relay.works) throw new Error('the relay is away');
      mails.push(mail);
    },
    log: { info: () => undefined, error: () => undefined },
    outbound: makeSink(() => answer(410)).outbound,
    resolve: makeResolver({ 'hooks.example': ['1.1.1.1'] }),
    doorbell: { ...world.doorbell, deliveryDue: async () => undefined },
  });
  const account = await makeAccount();
  const call = makeClient(account.key, edge.fetcher);
  if (contactEmail !== null) await call('PATCH', '/v1/account', { json: { contact_email: contactEmail } });
  const response = await call('POST', '/v1/webhook_endpoints', { json: { url: 'https://hooks.example/in' } });
  const { id } = await response.json<{ id: string }>();
  await call('POST', `/v1/webhook_endpoints/${id}/test`);
  await deliverDue(edge.deps, id);
  const sweep = () => sweepMail(edge.deps);
  return { account, call, clock, mails, relay, sweep, endpointId: id };
}

test('the owner is mailed once that the only endpoint was disabled, even if the relay was away', async () => {
  const { account, mails, relay, sweep, endpointId } = await disableEndpoint(TO);
  relay.works = false;
  await sweep();
  expect(mails).toEqual([]);
  relay.works = true;
  await sweep();
  await sweep();
  expect(mails).toHaveLength(1);
  const [event] = await world.db
    .select()
    .from(accountEvents)
    .where(eq(accountEvents.type, 'endpoint.disabled'));
  expect(mails[0]).toMatchObject({ to: TO, id: event?.id });
  expect(mails[0]?.subject).toContain('disabled');
  expect(mails[0]?.text).toContain(endpointId);
  expect(event?.accountId).toBe(account.id);
});

test('who gave no address is not mailed, nor is what is three days old', async () => {
  const none = await disableEndpoint(null);
  await none.sweep();
  expect(none.mails).toEqual([]);
  const late = await disableEndpoint(TO);
  late.clock.advance(3 * 86_400_000 + 1);
  await late.sweep();
  expect(late.mails).toEqual([]);
});

test('an address can be changed and taken back', async () => {
  const call = makeClient((await makeAccount()).key);
  const patch = async (json: object) => (await call('PATCH', '/v1/account', { json })).json();
  expect(await patch({ contact_email: TO })).toMatchObject({ contact_email: TO });
  expect(await patch({ name: 'Acme' })).toMatchObject({ name: 'Acme', contact_email: TO });
  expect(await patch({ contact_email: null })).toMatchObject({ name: 'Acme', contact_email: null });
  expect((await call('PATCH', '/v1/account', { json: { contact_email: 'nobody' } })).status).toBe(422);
});
