import type { BucketPolicy } from '../../ports/rates/interface.ts';

/** What a bucket held at some moment. */
export interface Bucket {
  tokens: number;
  atMs: number;
}

/** A bucket as it is now; one of which nothing is known is full. A clock that goes back adds nothing. */
export function refill(bucket: Bucket | undefined, policy: BucketPolicy, nowMs: number): Bucket {
  if (bucket === undefined) return { tokens: policy.burst, atMs: nowMs };
  const atMs = Math.max(nowMs, bucket.atMs);
  const gained = ((atMs - bucket.atMs) / 1000) * policy.perSecond;
  return { tokens: Math.min(policy.burst, bucket.tokens + gained), atMs };
}

/** Milliseconds until a bucket of now holds a whole token. */
export function waitForToken(bucket: Bucket, policy: BucketPolicy): number {
  return Math.max(0, Math.ceil(((1 - bucket.tokens) / policy.perSecond) * 1000));
}
