const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long after the attempt before it each attempt comes; the first at once, the eighth is the last. */
const RETRY_DELAYS_MS = [
  0,
  5 * SECOND,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  10 * HOUR,
] as const;

/** Attempts of one delivery, or of one redelivery. */
export const ATTEMPTS_MAX = RETRY_DELAYS_MS.length;

/** Each delay is up to this part shorter or longer, so that a server that comes back is not hit by all at once. */
const JITTER = 0.1;

/** The longest that a `Retry-After` is obeyed. */
const RETRY_AFTER_MAX_MS = DAY;

/** An endpoint whose every attempt has failed for this long is disabled. */
export const FAILING_MAX_MS = 5 * DAY;

/** For this long after a rotation requests are signed with both secrets. */
export const SECRET_OVERLAP_MS = DAY;

/** How long the log of a delivery is kept after its end. */
export const LOG_KEPT_MS = 30 * DAY;

/**
 * How long to wait after a failed attempt, or null after the last one. `madeCount` attempts have been made;
 * `random` is uniform in [0, 1).
 */
export function retryDelayMs(madeCount: number, random: number, retryAfterMs: number | null): number | null {
  const delayMs = RETRY_DELAYS_MS[madeCount];
  if (delayMs === undefined) return null;
  const jittered = Math.round(delayMs * (1 - JITTER + 2 * JITTER * random));
  return Math.max(jittered, Math.min(retryAfterMs ?? 0, RETRY_AFTER_MAX_MS));
}

/** `Retry-After` in milliseconds: seconds or a date. References: RFC 9110, 10.2.3. */
export function parseRetryAfter(header: string | null, nowMs: number): number | null {
  if (header === null) return null;
  if (/^\s*\d{1,9}\s*$/.test(header)) return Number(header) * SECOND;
  const atMs = Date.parse(header);
  return Number.isNaN(atMs) ? null : Math.max(0, atMs - nowMs);
}
