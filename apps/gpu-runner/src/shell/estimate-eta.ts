/**
 * Estimates the seconds to the end from the pace so far: call it with each new fraction (0 … 1).
 *
 * Null until 2 % of the work has been seen; earlier figures are noise.
 */
export function createEtaEstimator(nowMs: () => number): (fraction: number) => number | null {
  let first: { fraction: number; atMs: number } | null = null;
  return (fraction) => {
    first ??= { fraction, atMs: nowMs() };
    const seen = fraction - first.fraction;
    if (seen < 0.02) return null;
    return ((nowMs() - first.atMs) / 1000 / seen) * (1 - fraction);
  };
}
