/** A stage at rest after `step` steps. */
export interface StageSnapshot {
  readonly step: number;
  /** What learning rates are multiplied with: 1, or less once a step has been retried. */
  readonly learningRateScale: number;
  /** Copies of everything that the stage learns, by name. */
  readonly arrays: Readonly<Record<string, Float32Array>>;
}
