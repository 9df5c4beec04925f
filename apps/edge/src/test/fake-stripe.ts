import Stripe from 'stripe';
import { openStripe } from '../ports/payments/stripe.ts';

const SETTINGS = {
  secretKey: 'sk_test_nothing',
  webhookSecret: 'whsec_of_the_tests',
  meterEventName: 'heads',
  meterId: 'mtr_1',
};

/** Stripe forgets the ids of meter events after a day. */
const REMEMBERED_MS = 24 * 3_600_000;

/** What goes wrong with the next meter event: it never arrives, or its answer never does. */
export type Loss = 'request' | 'answer' | null;

interface Metered {
  id: string;
  customer: string;
  value: number;
  timestamp: number;
  atMs: number;
}

const json = (value: unknown, status = 200) => Response.json(value, { status });

/** Answers of the pages, which keep nothing. */
function answerPage(path: string, form: URLSearchParams): Response {
  switch (path) {
    case '/v1/customers':
      return json({ object: 'customer', id: `cus_${form.get('metadata[account_id]')}` });
    case '/v1/checkout/sessions':
      return json({ id: 'cs_1', object: 'checkout.session', url: 'https://pay.test/cs_1', expires_at: 2e9 });
    case '/v1/billing_portal/sessions':
      return json({ object: 'billing_portal.session', url: 'https://pay.test/portal' });
    default:
      return json({ error: { message: `no ${path} here` } }, 404);
  }
}

/** What a customer's meter has between two moments. */
function summarize(metered: Metered[], query: URLSearchParams): Response {
  const from = Number(query.get('start_time'));
  const until = Number(query.get('end_time'));
  const sum = metered
    .filter(({ customer }) => customer === query.get('customer'))
    .filter(({ timestamp }) => timestamp >= from && timestamp < until)
    .reduce((total, { value }) => total + value, 0);
  return json({ object: 'list', data: [{ id: 'mtrusg_1', aggregated_value: sum }], has_more: false });
}

/** The real Stripe port in front of a Stripe that lives in memory and loses what it is told to. */
export function makeFakeStripe(clock: () => number, lose: () => Loss = () => null) {
  const requests: { path: string; form: URLSearchParams; idempotencyKey: string | null }[] = [];
  const metered: Metered[] = [];

  function takeMeterEvent(form: URLSearchParams): Response {
    const loss = lose();
    if (loss === 'request') throw new TypeError('network connection lost');
    const id = form.get('identifier') ?? '';
    const isRepeat = metered.some((event) => event.id === id && clock() - event.atMs < REMEMBERED_MS);
    if (isRepeat) {
      const error = {
        type: 'invalid_request_error',
        message: `An event already exists with identifier ${id}.`,
      };
      return json({ error }, 400);
    }
    metered.push({
      id,
      customer: form.get('payload[stripe_customer_id]') ?? '',
      value: Number(form.get('payload[value]')),
      timestamp: Number(form.get('timestamp')),
      atMs: clock(),
    });
    if (loss === 'answer') throw new TypeError('network connection lost');
    return json({ object: 'billing.meter_event', identifier: id });
  }

  const call: typeof fetch = async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    const form = new URLSearchParams(typeof init?.body === 'string' ? init.body : '');
    const idempotencyKey = new Headers(init?.headers).get('Idempotency-Key');
    requests.push({ path: url.pathname, form, idempotencyKey });
    if (url.pathname === '/v1/billing/meter_events') return takeMeterEvent(form);
    if (url.pathname.endsWith('/event_summaries')) return summarize(metered, url.searchParams);
    return answerPage(url.pathname, form);
  };
  return { payments: openStripe(SETTINGS, call), requests, metered };
}

/** The `Stripe-Signature` of an event's body, made by Stripe's own library. */
export async function signStripeEvent(payload: string, secret = SETTINGS.webhookSecret): Promise<string> {
  const cryptoProvider = Stripe.createSubtleCryptoProvider();
  const stripe = new Stripe(SETTINGS.secretKey);
  return stripe.webhooks.generateTestHeaderStringAsync({ payload, secret, cryptoProvider });
}
