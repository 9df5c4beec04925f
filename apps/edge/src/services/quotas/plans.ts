import type { BucketPolicy } from '../../ports/rates/interface.ts';

/** What an account of a plan may do. */
export interface Plan {
  /** Jobs that may be with runners, or ready for one, at a time; copied to the account, where an operator can raise it. */
  runningLimit: number;
  /** Jobs that may wait behind those; copied likewise. */
  waitingLimit: number;
  /** After so many days a head is deleted by itself, by the mode of its key; null: it stays until it is deleted. */
  headLifeDays: Readonly<Record<'test' | 'live', number | null>>;
  /** Requests of one mode of the account; null is without limit. */
  requests: BucketPolicy | null;
  /** Requests of one client token, within those of its account. */
  tokenRequests: BucketPolicy | null;
  /** Moderation checks of one mode of the account, which are counted apart from its requests. */
  checks: BucketPolicy | null;
}

// A bucket is full again after `burst / perSecond` seconds without a request. That is less than the time after which
// the platform forgets an idle Durable Object, so forgetting one gives nothing away.

type Metered = 'requests' | 'tokenRequests' | 'checks';

/** The buckets of a plan, each as its burst and its tokens a second. */
function metered(buckets: Record<Metered, readonly [burst: number, perSecond: number]>) {
  const policy = ([burst, perSecond]: readonly [number, number]): BucketPolicy => ({ burst, perSecond });
  const { requests, tokenRequests, checks } = buckets;
  return { requests: policy(requests), tokenRequests: policy(tokenRequests), checks: policy(checks) };
}

/** The plans. Concurrency and spend are exact; the request rate is approximate. */
export const PLANS = {
  free: {
    runningLimit: 2,
    waitingLimit: 10,
    headLifeDays: { test: 30, live: 30 },
    ...metered({ requests: [60, 10], tokenRequests: [20, 4], checks: [60, 5] }),
  },
  team: {
    runningLimit: 10,
    waitingLimit: 200,
    headLifeDays: { test: 30, live: null },
    ...metered({ requests: [300, 50], tokenRequests: [40, 8], checks: [300, 25] }),
  },
  unmetered: {
    runningLimit: 1_000_000,
    waitingLimit: 1_000_000,
    headLifeDays: { test: null, live: null },
    requests: null,
    tokenRequests: null,
    checks: null,
  },
} as const satisfies Record<string, Plan>;

/** The plan of an account's row; one that is not in the table any more counts as the smallest. */
export function planOf(name: string): Plan {
  return Object.entries(PLANS).find(([known]) => known === name)?.[1] ?? PLANS.free;
}

/** What a refused create is told to wait: about the time in which a slot of a full queue comes free. */
export const QUEUE_FULL_RETRY_SECONDS = 30;
