// Written by `npm run generate` from the contracts of the routes; edit those.
export interface ErrorMeaning {
  code: string;
  /** The HTTP status that comes with it. */
  status: number;
  title: string;
  /** Whether the same request may succeed later. */
  retryable: boolean;
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
    kind: 'head' | 'geometry_edit' | 'texture_edit';
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
