import type { BucketPolicy, NamedBucket, Taken } from '../../ports/rates/interface.ts';

/** What a bucket held at some moment. */
export interface Bucket {
  tokens: number;
  atMs: number;
}

/** Buckets kept at a time; one that was used longest ago is full again, or nearly. */
const MAX_BUCKETS = 1000;

/** A bucket as it is now; one of which nothing is known is full. A clock that goes back adds nothing. */
function refill(bucket: Bucket | undefined, policy: BucketPolicy, nowMs: number): Bucket {
  if (bucket === undefined) return { tokens: policy.burst, atMs: nowMs };
  const atMs = Math.max(nowMs, bucket.atMs);
  const gained = ((atMs - bucket.atMs) / 1000) * policy.perSecond;
  return { tokens: Math.min(policy.burst, bucket.tokens + gained), atMs };
}

/** Takes a token from each bucket, or from none if one of them is empty. */
export function takeTokens(held: Map<string, Bucket>, wanted: readonly NamedBucket[], nowMs: number): Taken {
  const buckets = wanted.map(({ name, policy }) => ({
    name,
    policy,
    bucket: refill(held.get(name), policy, nowMs),
  }));
  const waits = buckets.map(({ policy, bucket }) => ((1 - bucket.tokens) / policy.perSecond) * 1000);
  const waitMs = Math.max(0, ...waits.map(Math.ceil));
  const isAllowed = waitMs === 0;
  for (const { name, bucket } of buckets) {
    if (isAllowed) bucket.tokens -= 1;
    // A map keeps its order, so the first bucket is the one that was used longest ago.
    held.delete(name);
    const [oldest] = held.keys();
    if (held.size >= MAX_BUCKETS && oldest !== undefined) held.delete(oldest);
    held.set(name, bucket);
  }
  return { isAllowed, remaining: buckets.map(({ bucket }) => Math.floor(bucket.tokens)), waitMs };
}
