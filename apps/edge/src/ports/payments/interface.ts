/** A payment page to be made. */
export interface NewCheckout {
  accountId: string;
  mode: 'test' | 'live';
  customerId: string;
  amountMinor: number;
  currency: string;
  successUrl: string;
  cancelUrl: string;
  /** Address of this edge, for pages that it serves itself. */
  origin: string;
}

/** Use of an invoiced account, told to the provider's meter. */
export interface MeterEvent {
  /** Repeats of one id within a day count once. */
  id: string;
  customerId: string;
  amountMinor: number;
  atMs: number;
}

/** What an event of the provider says about money; the ids are the provider's own. */
export type PaymentChange =
  | { kind: 'credit'; accountId: string; mode: 'test' | 'live'; paymentId: string; amountMinor: number }
  | {
      /** `returned`: money that a refund took and could not hand over. */
      kind: 'withdrawal' | 'returned' | 'dispute' | 'dispute_won';
      /** Of the payment that this takes back. */
      paymentId: string;
      /** Of the refund or dispute. */
      reference: string;
      amountMinor: number;
    };

/** A verified event. */
export interface PaymentEvent {
  id: string;
  type: string;
  createdAtMs: number;
  /** Null for events that move no money of ours. */
  change: PaymentChange | null;
}

/** Who takes money: the one place where it enters and leaves. The ledger is the truth; this is its counterpart outside. */
export interface Payments {
  /** A customer for an account; the same one if asked again. */
  createCustomer(account: { id: string; name: string; mode: 'test' | 'live' }): Promise<string>;
  createCheckout(checkout: NewCheckout): Promise<{ id: string; url: string; expiresAtMs: number }>;
  /** The address of a page with a customer's invoices and means of payment. */
  createPortal(customerId: string, returnUrl: string): Promise<string>;
  /** Throws unless the provider has taken it. */
  sendMeterEvent(event: MeterEvent): Promise<void>;
  /** What the meter has of a customer between two instants, which are whole minutes. */
  readMeterTotal(customerId: string, fromMs: number, untilMs: number): Promise<number>;
  /** The event in a webhook's body, or null if its signature is wrong. */
  readEvent(body: string, signature: string): Promise<PaymentEvent | null>;
}

/** A provider of our own, whose pages the edge serves: for test keys, and for a developer's machine. */
export interface LocalPayments extends Payments {
  /** What an open payment page is about; null if there is none of this id. */
  readCheckout(id: string): Promise<NewCheckout | null>;
}
