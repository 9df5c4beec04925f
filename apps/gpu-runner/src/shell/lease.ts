import type { Progress } from '@headwright/shared/runner/progress';
import { delay } from './delay.ts';
import type { Attempt, EdgeClient } from './edge-client.ts';
import { StaleAttempt } from './edge-errors.ts';

/** `canceled`: tell the edge that the job stopped. `stale`, `lost`: another attempt may hold the job, say nothing. */
export type LeaseEnd = 'canceled' | 'stale' | 'lost';

export interface Lease {
  /** Rides on the next heartbeat. */
  report(progress: Progress): void;
  /** Stops the heartbeats; the end is not reported any more. */
  release(): void;
}

/** An idle edge holds each heartbeat this long, so that progress is never older. */
const HEARTBEAT_WAIT_MAX_S = 2;
/** Heartbeats never follow each other faster, even if the edge holds none of them. */
const HEARTBEAT_GAP_MS = 250;
/** After a failed heartbeat; short, because the lease runs out meanwhile. */
const HEARTBEAT_RETRY_MS = 1000;

/**
 * Keeps the lease of one attempt: one heartbeat is always outstanding, held by the edge for at most
 * a third of the lease, and answered at once when the job is canceled. If none succeeded for a
 * whole lease, the job may be somebody else's, and the lease counts as lost.
 */
export function holdLease(
  client: Pick<EdgeClient, 'heartbeat'>,
  attempt: Attempt,
  leaseS: number,
  onEnd: (end: LeaseEnd) => void,
): Lease {
  const released = new AbortController();
  let progress: Progress | null = null;
  const wait = Math.min(leaseS / 3, HEARTBEAT_WAIT_MAX_S);
  const beat = async (): Promise<LeaseEnd> => {
    let renewedAtMs = performance.now();
    for (;;) {
      const sentAtMs = performance.now();
      const leftMs = renewedAtMs + leaseS * 1000 - sentAtMs;
      if (leftMs <= 0) return 'lost';
      const answer = await beforeDeadline(leftMs, released.signal, (signal) =>
        client.heartbeat(attempt, { progress, wait_s: wait }, signal),
      );
      if (answer === 'continue') renewedAtMs = sentAtMs;
      else if (answer === 'cancel') return 'canceled';
      else if (answer === 'stale') return 'stale';
      const gapMs =
        (answer === 'none' ? HEARTBEAT_RETRY_MS : HEARTBEAT_GAP_MS) + sentAtMs - performance.now();
      if (gapMs > 0) await delay(gapMs, released.signal);
    }
  };
  beat().then(onEnd, () => {}); // it rejects only when released
  return {
    report: (next) => {
      progress = next;
    },
    release: () => released.abort(new Error('released')),
  };
}

/** The verdict, or `none` if there was no usable answer in time. Rejects only when released. */
async function beforeDeadline(
  deadlineMs: number,
  released: AbortSignal,
  beat: (signal: AbortSignal) => Promise<{ verdict: 'continue' | 'cancel' | 'stale' }>,
): Promise<'continue' | 'cancel' | 'stale' | 'none'> {
  const late = new AbortController();
  const timer = setTimeout(
    () => late.abort(new Error('no heartbeat was answered for a whole lease')),
    deadlineMs,
  );
  try {
    return (await beat(AbortSignal.any([released, late.signal]))).verdict;
  } catch (error) {
    if (released.aborted) throw error;
    if (error instanceof StaleAttempt) return 'stale';
    console.warn(`lease: a heartbeat failed: ${error instanceof Error ? error.message : String(error)}`);
    return 'none';
  } finally {
    clearTimeout(timer);
  }
}
