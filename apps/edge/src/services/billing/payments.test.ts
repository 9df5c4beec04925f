import { Balance, Checkout, LedgerList, Portal } from '@headwright/shared/api/billing';
import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { paymentEvents } from '../../db/schema/payment-events.ts';
import { buildDeps } from '../../deps.ts';
import { bindings } from '../../test/bindings.ts';
import { type Client, makeClient } from '../../test/client.ts';
import { expectProblem } from '../../test/expect-problem.ts';
import { deps, makeAccount, makeEdge } from '../../test/factories.ts';
import { makeFakeStripe, signStripeEvent } from '../../test/fake-stripe.ts';
import { apiKeys } from '../../db/schema/api-keys.ts';
import { createKey, hashSecret } from '../keys/format.ts';
import { openLocalPayments } from '../../ports/payments/local.ts';

const CHECKOUT = {
  amount: 2500,
  success_url: 'https://app.test/thanks',
  cancel_url: 'https://app.test/<back>',
};

const readBalance = async (call: Client) =>
  Balance.parse(await (await call('GET', '/v1/balance')).json()).balance;

/** An account without credit, with a live key, on an edge whose live payments are Stripe's. */
async function setUp() {
  const stripe = makeFakeStripe(Date.now);
  const local = openLocalPayments(bindings.FILES, { clock: Date.now, token: deps.ids.token });
  const log = { info: () => undefined, error: () => undefined };
  const edge = makeEdge({ log, payments: { test: local, live: stripe.payments } });
  const account = await makeAccount({}, 0);
  const key = createKey('hk_live_');
  const row = { id: deps.ids.create('key'), accountId: account.id, mode: 'live' as const, createdAt: 1 };
  await deps.db.insert(apiKeys).values({ ...row, hash: await hashSecret(key) });
  const anyone = makeClient(null, edge.fetcher);
  const paid = {
    id: 'cs_1',
    object: 'checkout.session',
    payment_status: 'paid',
    amount_total: 2500,
    currency: 'usd',
    payment_intent: `pi_${account.id}`,
    metadata: { account_id: account.id, mode: 'live' },
  };
  return {
    account,
    stripe,
    paid,
    anyone,
    call: makeClient(key, edge.fetcher),
    callTest: makeClient(account.key, edge.fetcher),
    async tell(id: string, type: string, object: object, ageSeconds = 0) {
      const created = Math.floor(Date.now() / 1000) - ageSeconds;
      const event = { id: `${id}_${account.id}`, object: 'event', type, created, data: { object } };
      const body = JSON.stringify(event);
      const headers = { 'Stripe-Signature': await signStripeEvent(body) };
      return anyone('POST', '/hooks/stripe', { headers, body });
    },
  };
}

describe('through Stripe', () => {
  test('a checkout and a portal are Stripe’s pages for the account’s one customer', async () => {
    const { account, call, stripe } = await setUp();
    const response = await call('POST', '/v1/billing/checkout', { json: CHECKOUT });
    expect(response.status).toBe(201);
    expect(Checkout.parse(await response.json())).toMatchObject({
      url: 'https://pay.test/cs_1',
      amount: 2500,
    });
    const json = { return_url: 'https://app.test/' };
    const portal = Portal.parse(await (await call('POST', '/v1/billing/portal', { json })).json());
    expect(portal.url).toBe('https://pay.test/portal');
    expect(stripe.requests.map(({ path }) => path)).toEqual([
      '/v1/customers',
      '/v1/checkout/sessions',
      '/v1/billing_portal/sessions',
    ]);
    const form = Object.fromEntries(stripe.requests[1]?.form ?? []);
    expect(form).toMatchObject({
      customer: `cus_${account.id}`,
      'metadata[account_id]': account.id,
      'metadata[mode]': 'live',
      'line_items[0][price_data][unit_amount]': '2500',
      success_url: CHECKOUT.success_url,
    });
    expect(stripe.requests[0]?.idempotencyKey).toBe(`customer:live:${account.id}`);
    for (const json of [
      { ...CHECKOUT, amount: 99 },
      { ...CHECKOUT, success_url: 'javascript:alert(1)' },
    ]) {
      await expectProblem(await call('POST', '/v1/billing/checkout', { json }), 'input.invalid');
    }
  });

  test('a payment is credited once, however often and in however many events Stripe tells it', async () => {
    const { account, call, callTest, paid, tell } = await setUp();
    const told = await Promise.all(
      Array.from({ length: 8 }, () => tell('evt_1', 'checkout.session.completed', paid)),
    );
    expect(told.map(({ status }) => status)).toEqual(told.map(() => 200));
    expect((await tell('evt_2', 'checkout.session.async_payment_succeeded', paid)).status).toBe(200);
    expect([await readBalance(call), await readBalance(callTest)]).toEqual([2500, 0]);
    expect(await deps.db.$count(paymentEvents, eq(paymentEvents.accountId, account.id))).toBe(2);
    const { data } = LedgerList.parse(await (await call('GET', '/v1/ledger')).json());
    expect(data).toMatchObject([{ kind: 'credit', amount: 2500, balance_change: 2500, job_id: null }]);
  });

  test('a refund, its failure, and a dispute append to the ledger, even below zero', async () => {
    const { call, paid, tell } = await setUp();
    const refund = { id: `re_${paid.payment_intent}`, payment_intent: paid.payment_intent, amount: 700 };
    // Events come in any order: one about a payment that nobody told of yet must come again.
    await expectProblem(await tell('evt_0', 'refund.created', refund), 'resource.not_ready');
    await tell('evt_1', 'checkout.session.completed', paid);
    await tell('evt_0', 'refund.created', refund);
    await tell('evt_0', 'refund.created', refund);
    expect(await readBalance(call)).toBe(1800);
    await tell('evt_3', 'refund.failed', refund);
    expect(await readBalance(call)).toBe(2500);
    const dispute = { id: `dp_${paid.payment_intent}`, payment_intent: paid.payment_intent, amount: 3000 };
    await tell('evt_4', 'charge.dispute.funds_withdrawn', dispute);
    expect(await readBalance(call)).toBe(-500);
    await tell('evt_5', 'charge.dispute.funds_reinstated', dispute);
    const { data } = LedgerList.parse(await (await call('GET', '/v1/ledger')).json());
    expect(data.map(({ kind, balance_change }) => [kind, balance_change])).toEqual([
      ['dispute_won', 3000],
      ['dispute', -3000],
      ['credit', 700],
      ['withdrawal', -700],
      ['credit', 2500],
    ]);
  });

  test('an event about money that is not ours is taken in the end, and moves nothing', async () => {
    const { call, paid, tell } = await setUp();
    const elsewhere = { ...paid, metadata: { account_id: 'acct_of_another_edge', mode: 'live' } };
    expect((await tell('evt_1', 'checkout.session.completed', elsewhere)).status).toBe(200);
    const refund = { id: 're_invoice', payment_intent: 'pi_of_an_invoice', amount: 700 };
    const day = 86_400;
    await expectProblem(await tell('evt_2', 'refund.created', refund, 2 * day - 60), 'resource.not_ready');
    expect((await tell('evt_2', 'refund.created', refund, 2 * day)).status).toBe(200);
    expect(await readBalance(call)).toBe(0);
  });

  test('an event of somebody else, unpaid, or of another kind moves nothing', async () => {
    const { account, anyone, call, paid, tell } = await setUp();
    const body = JSON.stringify({ id: 'evt_x', type: 'checkout.session.completed', data: { object: paid } });
    for (const signature of ['', 't=1,v1=00', await signStripeEvent(body, 'whsec_of_another')]) {
      const headers = { 'Stripe-Signature': signature };
      const answer = await anyone('POST', '/hooks/stripe', { headers, body });
      await expectProblem(answer, 'billing.invalid_signature');
    }
    for (const object of [
      { ...paid, payment_status: 'unpaid' },
      { ...paid, metadata: {} },
      { ...paid, currency: 'jpy' },
    ]) {
      expect((await tell('evt_y', 'checkout.session.completed', object)).status).toBe(200);
    }
    expect((await tell('evt_z', 'customer.updated', {})).status).toBe(200);
    expect(await readBalance(call)).toBe(0);
    expect(await deps.db.$count(paymentEvents, eq(paymentEvents.accountId, account.id))).toBe(0);
  });
});

test('a test key buys test credit on a page of ours, whoever takes the live money', async () => {
  const { anyone, call, callTest, stripe } = await setUp();
  const response = await callTest('POST', '/v1/billing/checkout', { json: CHECKOUT });
  const { pathname } = new URL(Checkout.parse(await response.json()).url);
  const page = await anyone('GET', pathname);
  expect(page.headers.get('Content-Type')).toContain('text/html');
  const html = await page.text();
  expect(html).toContain('$25.00');
  expect(html).not.toContain('<back>');
  expect(await readBalance(callTest)).toBe(0);
  for (let i = 0; i < 2; i++) {
    const paid = await anyone('POST', pathname);
    expect([paid.status, paid.headers.get('Location')]).toEqual([303, CHECKOUT.success_url]);
  }
  expect([await readBalance(callTest), await readBalance(call)]).toEqual([2500, 0]);
  expect(stripe.requests).toEqual([]);
  await expectProblem(await anyone('GET', `${pathname.slice(0, -1)}x`), 'resource.not_found');
});

test('without Stripe’s keys live money is taken on a developer’s machine only', async () => {
  const onMachine = buildDeps(bindings);
  expect(onMachine.payments.live).toBe(onMachine.payments.test);
  const secrets = {
    WEBHOOK_SECRET_KEYS: `a:${btoa('x'.repeat(32))}`,
    FILE_LINK_KEYS: `a:${btoa('x'.repeat(32))}`,
  };
  const deployed = buildDeps({ ...bindings, ...secrets, LOCAL_MODE: 'false' });
  expect(deployed.payments.live).toBeNull();
  const { call } = await setUp();
  const { fetcher } = makeEdge({ payments: deployed.payments });
  await expectProblem(await makeClient(null, fetcher)('POST', '/hooks/stripe'), 'billing.unavailable');
  expect(() => buildDeps({ ...bindings, STRIPE_SECRET_KEY: 'sk_live_alone' })).toThrow();
  expect(await readBalance(call)).toBe(0);
});
