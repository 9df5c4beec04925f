/** Noise levels to draw from while a stage's progress (0 … 1) is below `untilProgress`. */
export interface TimestepSpan {
  readonly untilProgress: number;
  /** Lowest and highest timestep, both included. */
  readonly range: readonly [number, number];
}

/**
 * The timesteps to draw from at `progress`: high ones first for shape and layout, lower ones later for detail.
 *
 * References: HeadArtist's released texture stage, [20, 980] and then [20, 700].
 */
export function timestepRange(spans: readonly TimestepSpan[], progress: number): readonly [number, number] {
  const span = spans.find(({ untilProgress }) => progress < untilProgress) ?? spans[spans.length - 1];
  if (!span) throw new Error('timestepRange: expected at least one span, got none');
  return span.range;
}
