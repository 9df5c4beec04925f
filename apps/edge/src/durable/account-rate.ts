import { DurableObject } from 'cloudflare:workers';
import type { Bindings } from '../env.ts';
import type { AccountRateMethods, NamedBucket, Taken } from '../ports/rates/interface.ts';
import { type Bucket, refill, waitForToken } from '../services/quotas/token-bucket.ts';

const MAX_BUCKETS = 1000;

/** The token buckets of one account and mode, in memory alone: by the time it is forgotten they would be full. */
export class AccountRate extends DurableObject<Bindings> implements AccountRateMethods {
  readonly #buckets = new Map<string, Bucket>();

  async take(buckets: NamedBucket[], nowMs: number): Promise<Taken> {
    const held = buckets.map(({ name, policy }) => refill(this.#buckets.get(name), policy, nowMs));
    const waitMs = Math.max(
      0,
      ...buckets.map(({ policy }, i) => waitForToken(held[i] ?? refill(undefined, policy, nowMs), policy)),
    );
    const isAllowed = waitMs === 0;
    const remaining = buckets.map(({ name }, i) => {
      const bucket = held[i];
      if (bucket === undefined) return 0;
      if (isAllowed) bucket.tokens -= 1;
      this.#keep(name, bucket);
      return Math.floor(bucket.tokens);
    });
    return { isAllowed, remaining, waitMs };
  }

  /** A map keeps its order, so the first bucket is the one that was used longest ago. */
  #keep(name: string, bucket: Bucket): void {
    this.#buckets.delete(name);
    const [oldest] = this.#buckets.keys();
    if (this.#buckets.size >= MAX_BUCKETS && oldest !== undefined) this.#buckets.delete(oldest);
    this.#buckets.set(name, bucket);
  }
}
