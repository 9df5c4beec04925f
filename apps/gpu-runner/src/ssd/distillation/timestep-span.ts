/** How the teacher is asked while a stage's progress (0 … 1) is below `untilProgress`. */
export interface TimestepSpan {
  readonly untilProgress: number;
  /** Lowest and highest timestep to draw, both included. */
  readonly range: readonly [number, number];
  /** Share of the stage's s − 1 that guides in this span: layout wants more than detail. Paper: all of it, 1. */
  readonly guidanceShare?: number | undefined;
}

/**
 * The span at `progress`: high timesteps first for shape and layout, lower ones later for detail.
 *
 * References: HeadArtist's released texture stage, [20, 980] and then [20, 700].
 */
export function timestepSpanAt(spans: readonly TimestepSpan[], progress: number): TimestepSpan {
  const span = spans.find(({ untilProgress }) => progress < untilProgress) ?? spans[spans.length - 1];
  if (!span) throw new Error('timestepSpanAt: expected at least one span, got none');
  return span;
}
