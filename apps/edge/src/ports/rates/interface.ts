/** A token bucket: `burst` requests at once, and `perSecond` more in each second after. */
export interface BucketPolicy {
  burst: number;
  perSecond: number;
}

/** One of an account's buckets. */
export interface NamedBucket {
  name: string;
  policy: BucketPolicy;
}

/** Whether a token was there in every bucket asked, in which case one was taken from each. */
export interface Taken {
  isAllowed: boolean;
  /** Whole tokens that each bucket holds now, in the order asked. */
  remaining: number[];
  /** Until every bucket would have given one. */
  waitMs: number;
}

/** Methods of the Durable Object that counts an account's requests. */
export interface AccountRateMethods {
  take(buckets: NamedBucket[], nowMs: number): Promise<Taken>;
}

/** Counts requests. It is approximate, and says yes when it cannot be reached: spend and concurrency are not its matter. */
export interface Rates {
  /** Takes a token from each bucket of `owner`, or from none; null if nobody could be asked. Never throws. */
  take(owner: string, buckets: NamedBucket[]): Promise<Taken | null>;
}
