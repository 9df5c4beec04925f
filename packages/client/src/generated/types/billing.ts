// Written by `npm run generate` from the contracts of the routes; edit those.
export interface Balance {
  object: 'balance';
  /** `prepaid`: from credit; `invoiced`: by invoice, up to `credit_limit`. */
  arrangement: 'prepaid' | 'invoiced';
  /** ISO 4217 code in lower case. */
  currency: 'usd';
  /** Credit bought and not used. */
  balance: number;
  /** Of the balance, what open jobs will cost if they succeed. */
  held: number;
  /** What a new job may cost: the balance less what is held, or what is left of the credit limit this month. */
  available: number;
  /** What an invoiced account may spend in a month; else null. */
  credit_limit: number | null;
}

export interface Checkout {
  object: 'checkout';
  id: string;
  /** Integer in the minor unit of the currency: 250 is $2.50. */
  amount: number;
  /** ISO 4217 code in lower case. */
  currency: 'usd';
  /** Open it in a browser. */
  url: string;
  expires_at: string;
}

export interface CheckoutRequest {
  /** Credit to buy, in minor units. */
  amount: number;
  /** Where the browser goes after it has paid. */
  success_url: string;
  /** Where it goes if the person turns back. */
  cancel_url: string;
}

export interface LedgerEntry {
  id: string;
  object: 'ledger_entry';
  /** Of a job: hold, then capture or release; refund. Else: credit, withdrawal (a payment given back), dispute, dispute_won. */
  kind: 'hold' | 'capture' | 'release' | 'refund' | 'credit' | 'withdrawal' | 'dispute' | 'dispute_won';
  arrangement: 'prepaid' | 'invoiced';
  /** Always positive; the two changes below have signs. */
  amount: number;
  /** Integer in the minor unit of the currency: 250 is $2.50. */
  balance_change: number;
  /** Integer in the minor unit of the currency: 250 is $2.50. */
  held_change: number;
  /** ISO 4217 code in lower case. */
  currency: 'usd';
  job_id: string | null;
  price_version: string | null;
  created_at: string;
  urls: {
    self: string;
    job: string | null;
  };
}

export interface LedgerList {
  object: 'list';
  data: LedgerEntry[];
  /** Whether a page follows: ask for it with `starting_after`. */
  has_more: boolean;
}

export interface Limits {
  object: 'limits';
  /** ISO 4217 code in lower case. */
  currency: 'usd';
  /** A calendar month in UTC: `2026-11`. */
  month: string;
  /** The hard cap that you set; null for none. */
  monthly_cap: number | null;
  /** What jobs that were accepted this month cost, or will if they succeed. */
  committed: number;
  /** The operator’s, for invoiced accounts; else null. */
  credit_limit: number | null;
  /** Keys that have a cap of their own or have spent this month. `PATCH /v1/keys/{id}` sets a cap. */
  keys: {
    key_id: string;
    monthly_cap: number | null;
    /** Integer in the minor unit of the currency: 250 is $2.50. */
    committed: number;
  }[];
  concurrency: {
    /** Jobs that may run or be ready at a time. */
    running: number;
    /** Jobs that may wait behind those. */
    waiting: number;
  };
}

export interface Portal {
  object: 'portal';
  url: string;
}

export interface PortalRequest {
  /** Where the page leads back to. */
  return_url: string;
}

export interface Quote {
  object: 'quote';
  kind: 'head' | 'geometry_edit' | 'texture_edit' | 'restyle_edit' | 'export';
  preset: 'smoke' | 'draft' | 'standard';
  /** The version of the model, as it was resolved. */
  model: string;
  /** Paid only if the job succeeds, in minor units. */
  cost: number;
  /** ISO 4217 code in lower case. */
  currency: 'usd';
  /** The price list; a job that is accepted keeps it. */
  price_version: string;
  /** Until then the price holds. */
  expires_at: string;
  /** Of the newest jobs like this one, from start to success; null while there are too few. */
  typical_duration_s: {
    p50: number;
    p95: number;
  } | null;
  /** A guess, from the jobs that are ready and the runners at work; null if there is none. */
  queue_wait_s: number | null;
}

export interface QuoteRequest {
  /** What shall be done; `head` unless given. */
  kind?: 'head' | 'geometry_edit' | 'texture_edit' | 'restyle_edit' | 'export';
  /** `standard` unless given; an edit has the preset of its head. */
  preset?: 'smoke' | 'draft' | 'standard';
  /** A version, or an alias, which stands for its newest version: `GET /v1/models` lists both. */
  model?: string;
}

export interface SetLimitsRequest {
  /** No job is accepted that could take the month above this; null for no cap. */
  monthly_cap: number | null;
}

export interface Usage {
  object: 'usage';
  /** A calendar month in UTC: `2026-11`. */
  month: string;
  /** ISO 4217 code in lower case. */
  currency: 'usd';
  /** Jobs that succeeded. */
  jobs: number;
  /** What they cost. */
  amount: number;
  group_by: 'day' | 'kind' | 'key' | 'end_user';
  data: {
    /** A day, kind, key id or end user; null for jobs without one. */
    group: string | null;
    jobs: number;
    /** Integer in the minor unit of the currency: 250 is $2.50. */
    amount: number;
  }[];
}
