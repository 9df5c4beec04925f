import { delay } from './delay.ts';

export interface RetryOptions {
  readonly isWorthRetrying: (error: unknown) => boolean;
  readonly signal: AbortSignal;
  readonly triesMax?: number;
}

/** Calls until it succeeds, the error is final, the tries are used up, or the signal aborts. */
export async function retry<T>(call: () => Promise<T>, options: RetryOptions): Promise<T> {
  const triesMax = options.triesMax ?? 6;
  for (let failureCount = 1; ; failureCount++) {
    try {
      return await call();
    } catch (error) {
      if (options.signal.aborted || failureCount >= triesMax || !options.isWorthRetrying(error)) throw error;
      await delay(backoffMs(failureCount, Math.random()), options.signal);
    }
  }
}

/** Doubles from half a second to 16 s; the random half keeps a fleet of runners from knocking in step. */
export function backoffMs(failureCount: number, random: number): number {
  const ceilingMs = Math.min(16_000, 500 * 2 ** (failureCount - 1));
  return ceilingMs * (0.5 + 0.5 * random);
}
