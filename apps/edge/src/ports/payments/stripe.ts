import { CURRENCY } from '@headwright/shared/money';
import Stripe from 'stripe';
import type { NewCheckout, PaymentChange, Payments } from './interface.ts';

/** What Stripe needs to be told, all of it from its dashboard. */
export interface StripeSettings {
  secretKey: string;
  /** Of the webhook endpoint that calls `/hooks/stripe`. */
  webhookSecret: string;
  /** Name of the meter's events, whose values are cents and are summed. */
  meterEventName: string;
  meterId: string;
}

/** How long a call may take; whoever waits for one is a person or a sweep. */
const TIMEOUT_MS = 20_000;

/** Pages are asked for by people, so a lost answer is asked for again at once; meter events have their own outbox. */
const PAGE_RETRIES = { maxNetworkRetries: 2 };

/** Payments through Stripe. `call` is how it reaches the network. */
export function openStripe(settings: StripeSettings, call: typeof fetch = fetch): Payments {
  const stripe = new Stripe(settings.secretKey, {
    // Not handed on as a method: the platform's fetch refuses another `this`.
    httpClient: Stripe.createFetchHttpClient((...request: Parameters<typeof fetch>) => call(...request)),
    maxNetworkRetries: 0,
    timeout: TIMEOUT_MS,
    telemetry: false,
  });
  const crypto = Stripe.createSubtleCryptoProvider();
  return {
    async createCustomer({ id, name, mode }) {
      const options = { ...PAGE_RETRIES, idempotencyKey: `customer:${mode}:${id}` };
      return (await stripe.customers.create({ name, metadata: { account_id: id, mode } }, options)).id;
    },
    async createCheckout(checkout) {
      const session = await stripe.checkout.sessions.create(sessionOf(checkout), PAGE_RETRIES);
      if (session.url === null) throw new Error(`createCheckout: session ${session.id} has no address`);
      return { id: session.id, url: session.url, expiresAtMs: session.expires_at * 1000 };
    },
    async createPortal(customerId, returnUrl) {
      const request = { customer: customerId, return_url: returnUrl };
      return (await stripe.billingPortal.sessions.create(request, PAGE_RETRIES)).url;
    },
    async sendMeterEvent({ id, customerId, amountMinor, atMs }) {
      try {
        await stripe.billing.meterEvents.create({
          event_name: settings.meterEventName,
          identifier: id,
          timestamp: Math.floor(atMs / 1000),
          payload: { stripe_customer_id: customerId, value: String(amountMinor) },
        });
      } catch (error) {
        if (!isRepeated(error)) throw error;
      }
    },
    async readMeterTotal(customerId, fromMs, untilMs) {
      let total = 0;
      const range = { customer: customerId, start_time: fromMs / 1000, end_time: untilMs / 1000 };
      for await (const part of stripe.billing.meters.listEventSummaries(settings.meterId, range)) {
        total += part.aggregated_value;
      }
      return total;
    },
    async readEvent(body, signature) {
      try {
        const event = await stripe.webhooks.constructEventAsync(
          body,
          signature,
          settings.webhookSecret,
          undefined,
          crypto,
        );
        const { id, type, created } = event;
        return { id, type, createdAtMs: created * 1000, change: changeOf(event) };
      } catch (error) {
        if (error instanceof Stripe.errors.StripeSignatureVerificationError) return null;
        throw error;
      }
    },
  };
}

/** The checkout as Stripe wants it; its metadata come back with the event that it was paid. */
function sessionOf(checkout: NewCheckout): Stripe.Checkout.SessionCreateParams {
  const metadata = { account_id: checkout.accountId, mode: checkout.mode };
  return {
    mode: 'payment',
    customer: checkout.customerId,
    client_reference_id: checkout.accountId,
    metadata,
    payment_intent_data: { metadata },
    line_items: [
      {
        quantity: 1,
        price_data: {
          currency: checkout.currency,
          unit_amount: checkout.amountMinor,
          product_data: { name: 'Headwright credit' },
        },
      },
    ],
    success_url: checkout.successUrl,
    cancel_url: checkout.cancelUrl,
  };
}

/** Stripe refuses an id that it has counted before: the event is where it should be. The code is not always sent. */
const isRepeated = (error: unknown): boolean =>
  error instanceof Stripe.errors.StripeInvalidRequestError &&
  (error.code === 'duplicate_meter_event' || /already exists with identifier/i.test(error.message));

/** An id, whether or not Stripe sent the object along. */
const idOf = (found: string | { id: string } | null): string =>
  typeof found === 'string' ? found : (found?.id ?? '');

function changeOf(event: Stripe.Event): PaymentChange | null {
  switch (event.type) {
    case 'checkout.session.completed':
    case 'checkout.session.async_payment_succeeded': {
      const session = event.data.object;
      const { account_id: accountId, mode } = session.metadata ?? {};
      // A payment that takes days is completed first and succeeds later.
      if (session.payment_status !== 'paid' || session.amount_total === null) return null;
      if (session.currency !== CURRENCY) return null;
      if (accountId === undefined || (mode !== 'live' && mode !== 'test')) return null;
      const paymentId = idOf(session.payment_intent);
      return { kind: 'credit', accountId, mode, paymentId, amountMinor: session.amount_total };
    }
    case 'refund.created':
    case 'refund.failed': {
      const { id, payment_intent, amount } = event.data.object;
      const kind = event.type === 'refund.created' ? 'withdrawal' : 'returned';
      return { kind, paymentId: idOf(payment_intent), reference: id, amountMinor: amount };
    }
    case 'charge.dispute.funds_withdrawn':
    case 'charge.dispute.funds_reinstated': {
      const { id, payment_intent, amount } = event.data.object;
      const kind = event.type === 'charge.dispute.funds_withdrawn' ? 'dispute' : 'dispute_won';
      return { kind, paymentId: idOf(payment_intent), reference: id, amountMinor: amount };
    }
    default:
      return null;
  }
}
