/** How the learning rate goes over a training. */
export interface LearningRateSchedule {
  readonly peak: number;
  /** Steps of linear rise. */
  readonly warmUpSteps: number;
  /** The last rate as a share of the peak. */
  readonly finalShare: number;
}

/** Rate of step `step` (the first is 0) at `progress` in [0, 1] of the whole training: rise, then half a cosine. */
export function learningRateAt(schedule: LearningRateSchedule, step: number, progress: number): number {
  const { peak, warmUpSteps, finalShare } = schedule;
  const rise = warmUpSteps > 0 ? Math.min(1, (step + 1) / warmUpSteps) : 1;
  const fall = 0.5 * (1 + Math.cos(Math.PI * Math.min(1, progress)));
  return peak * rise * (finalShare + (1 - finalShare) * fall);
}
