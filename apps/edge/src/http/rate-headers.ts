import type { CountedRequest } from '../services/quotas/count-request.ts';

/**
 * What a caller is told about its request rate and its concurrency.
 *
 * References: draft-ietf-httpapi-ratelimit-headers-10; `w` is the time in which an empty bucket fills, `t` the time
 * until this one is full again, seconds.
 */
export function rateHeaders({ buckets, taken }: CountedRequest, jobLimit: number): Record<string, string> {
  const policies = buckets.map(
    ({ name, policy }) => `"${name}";q=${policy.burst};w=${Math.ceil(policy.burst / policy.perSecond)}`,
  );
  const states = buckets.map(({ name, policy }, i) => {
    const remaining = taken.remaining[i] ?? 0;
    return `"${name}";r=${remaining};t=${Math.ceil((policy.burst - remaining) / policy.perSecond)}`;
  });
  return {
    'RateLimit-Policy': [...policies, `"jobs";q=${jobLimit};qu="concurrent-requests"`].join(', '),
    RateLimit: states.join(', '),
  };
}
