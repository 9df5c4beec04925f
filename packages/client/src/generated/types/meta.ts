// Written by `npm run generate` from the contracts of the routes; edit those.
export interface ErrorMeaning {
  code: string;
  /** The HTTP status that comes with it. */
  status: number;
  title: string;
  /** Whether the same request may succeed later. */
  retryable: boolean;
  /** Who must act, in a sentence. */
  advice: string;
  urls: {
    self: string;
  };
}

export interface ErrorMeaningList {
  object: 'list';
  data: ErrorMeaning[];
  /** Whether a page follows: ask for it with `starting_after`. */
  has_more: boolean;
}

export interface Health {
  status: 'ok';
}

export interface Model {
  id: string;
  object: 'model';
  /** ISO 4217 code in lower case. */
  currency: 'usd';
  price_version: string;
  /** When the next price list takes over, if one is known. */
  price_valid_until: string | null;
  prices: {
    kind: 'head' | 'geometry_edit' | 'texture_edit' | 'export';
    preset: 'smoke' | 'draft' | 'standard';
    /** Integer in the minor unit of the currency: 250 is $2.50. */
    cost: number;
  }[];
}

export interface ModelList {
  object: 'list';
  data: Model[];
  /** Whether a page follows: ask for it with `starting_after`. */
  has_more: boolean;
}

export interface Status {
  object: 'status';
  /** `slow`: a job has been ready for more than 15 minutes. `paused`: new heads are not accepted. `down`: the database does not answer. */
  status: 'operational' | 'slow' | 'paused' | 'down';
  accepts_heads: boolean;
  /** Why new heads are not accepted, in the operator’s words. */
  reason: string | null;
  /** Queues in which something is. */
  queues: {
    mode: string;
    preset: string;
    /** Jobs that wait for a runner. */
    ready: number;
    running: number;
    /** How long the oldest of them has waited, seconds. */
    oldest_ready_s: number | null;
  }[];
  checked_at: string;
}
