import type { Bindings } from '../../env.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Rates } from './interface.ts';

/** Request rates over a Durable Object for each owner. */
export function openRates(env: Bindings, clock: Clock, log: Log): Rates {
  return {
    async take(owner, buckets) {
      try {
        return await env.ACCOUNT_RATE.get(env.ACCOUNT_RATE.idFromName(owner)).take(buckets, clock());
      } catch (error) {
        log.error('request rate was not counted', { error: String(error) });
        return null;
      }
    },
  };
}
