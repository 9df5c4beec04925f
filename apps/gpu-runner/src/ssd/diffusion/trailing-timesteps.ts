/**
 * Steps of a schedule at which a sampler asks, `count` of them spaced evenly downward from `start`, which is the first.
 *
 * References: Lin et al. 2024 (arXiv 2305.08891), section 3.3, "trailing".
 */
export function trailingTimesteps(count: number, start: number): number[] {
  if (!(Number.isInteger(count) && count >= 1 && count <= start + 1)) {
    throw new Error(`trailingTimesteps: expected 1 … ${start + 1} steps, got ${count}`);
  }
  return Array.from({ length: count }, (_, k) => Math.round((start + 1) * (1 - k / count)) - 1);
}
