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
  /** The alias. */
  id: string;
  object: 'model';
  /** The version that the alias stands for now; null if all ended. */
  resolves_to: string | null;
  /** Every version that it has stood for, oldest first. */
  versions: ModelVersion[];
  /** ISO 4217 code in lower case. */
  currency: 'usd';
  price_version: string;
  /** When the next price list takes over, if one is known. */
  price_valid_until: string | null;
  prices: {
    kind: 'head' | 'geometry_edit' | 'texture_edit' | 'restyle_edit' | 'export';
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

export interface ModelVersion {
  id: string;
  /** `active`: the newest. `legacy`: there is a newer one. `deprecated`: its end is announced. `retired`: it is refused. */
  state: 'active' | 'legacy' | 'deprecated' | 'retired';
  released_at: string;
  /** From then on it is refused; null while none is planned. */
  sunset_at: string | null;
  /** The version to take instead, once its end is announced. */
  successor: string | null;
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
