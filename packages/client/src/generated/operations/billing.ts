// Written by `npm run generate` from the contracts of the routes; edit those.
import type {
  Balance,
  Checkout,
  CheckoutRequest,
  LedgerEntry,
  LedgerList,
  Limits,
  Portal,
  PortalRequest,
  Quote,
  QuoteRequest,
  SetLimitsRequest,
  Usage,
} from '../types.ts';
import type { CallOptions } from '../../transport.ts';
import { ModerationOperations } from './moderation.ts';

/** Quotes, balance, ledger, usage, limits, and payments. */
export class BillingOperations extends ModerationOperations {
  /** Ask what a job costs. Free, and reserves nothing. Send `max_cost` with the job to be sure of the price. */
  createQuote(body: QuoteRequest, options: CallOptions = {}): Promise<Quote> {
    return this.json<Quote>({ method: 'POST', path: '/v1/quotes', body }, options);
  }

  /** Read the balance. In the mode of the key: test and live money never meet. */
  getBalance(options: CallOptions = {}): Promise<Balance> {
    return this.json<Balance>({ method: 'GET', path: '/v1/balance' }, options);
  }

  /** List the ledger. Every movement of money. Entries are only ever added. */
  listLedgerEntries(
    query: {
      limit?: number;
      /** Goes on behind this one: the last of the page before. */
      starting_after?: string;
      kind?: 'hold' | 'capture' | 'release' | 'refund' | 'credit' | 'withdrawal' | 'dispute' | 'dispute_won';
      job_id?: string;
      /** Created at this instant or later. */
      'created[gte]'?: string;
      /** Created later than this instant. */
      'created[gt]'?: string;
      /** Created at this instant or earlier. */
      'created[lte]'?: string;
      /** Created earlier than this instant. */
      'created[lt]'?: string;
    } = {},
    options: CallOptions = {},
  ): Promise<LedgerList> {
    return this.json<LedgerList>({ method: 'GET', path: '/v1/ledger', query }, options);
  }

  /** Read a ledger entry. */
  getLedgerEntry(id: string, options: CallOptions = {}): Promise<LedgerEntry> {
    return this.json<LedgerEntry>({ method: 'GET', path: `/v1/ledger/${encodeURIComponent(id)}` }, options);
  }

  /** Read the usage of a month. What was captured, by day, kind, key or end user. */
  getUsage(
    query: {
      /** This month unless given. */
      month?: string;
      /** What the parts are; `day` unless given. */
      group_by?: 'day' | 'kind' | 'key' | 'end_user';
      /** Only what was made for this end user. */
      end_user?: string;
    } = {},
    options: CallOptions = {},
  ): Promise<Usage> {
    return this.json<Usage>({ method: 'GET', path: '/v1/usage', query }, options);
  }

  /** Read the limits. */
  getLimits(options: CallOptions = {}): Promise<Limits> {
    return this.json<Limits>({ method: 'GET', path: '/v1/limits' }, options);
  }

  /** Set the hard monthly cap. Exact: checked in the transaction that accepts a job, against all that this month’s jobs cost or may still cost. */
  setLimits(body: SetLimitsRequest, options: CallOptions = {}): Promise<Limits> {
    return this.json<Limits>({ method: 'PUT', path: '/v1/limits', body }, options);
  }

  /** Buy credit. A test key buys test credit, which costs nothing. */
  createCheckout(body: CheckoutRequest, options: CallOptions = {}): Promise<Checkout> {
    return this.json<Checkout>({ method: 'POST', path: '/v1/billing/checkout', body }, options);
  }

  /** Open the payment portal. Invoices and means of payment, on a page of the payment provider. */
  createPortal(body: PortalRequest, options: CallOptions = {}): Promise<Portal> {
    return this.json<Portal>({ method: 'POST', path: '/v1/billing/portal', body }, options);
  }
}
