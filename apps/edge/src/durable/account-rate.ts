import { DurableObject } from 'cloudflare:workers';
import type { Bindings } from '../env.ts';
import type { AccountRateMethods, NamedBucket, Taken } from '../ports/rates/interface.ts';
import { type Bucket, takeTokens } from '../services/quotas/take-tokens.ts';

/** The token buckets of one account and mode, in memory alone: by the time it is forgotten they would be full. */
export class AccountRate extends DurableObject<Bindings> implements AccountRateMethods {
  readonly #held = new Map<string, Bucket>();

  async take(wanted: NamedBucket[], nowMs: number): Promise<Taken> {
    return takeTokens(this.#held, wanted, nowMs);
  }
}
