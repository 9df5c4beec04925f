/**
 * A value over training steps: a constant, or [start step, start value, end value, end step] and then any number of
 * further (value, step) pairs. Between two steps it changes linearly; outside it keeps its first or last value.
 *
 * References: the list form of threestudio's configuration values, which HeadArtist's settings are written in.
 */
export type Schedule = number | readonly [number, number, number, number, ...number[]];

/** The scheduled value at a step. */
export function scheduledValue(schedule: Schedule, step: number): number {
  if (typeof schedule === 'number') return schedule;
  let [fromStep, fromValue] = schedule;
  if (schedule.length % 2 !== 0) {
    throw new Error(
      `scheduledValue: expected (value, step) pairs after the start, got ${schedule.length} numbers`,
    );
  }
  for (let k = 2; k < schedule.length; k += 2) {
    const toValue = schedule[k];
    const toStep = schedule[k + 1];
    if (toStep < fromStep) {
      throw new Error(`scheduledValue: expected steps in ascending order, got ${fromStep} before ${toStep}`);
    }
    if (step < toStep) {
      const share = Math.max(0, (step - fromStep) / (toStep - fromStep));
      return fromValue + (toValue - fromValue) * share;
    }
    fromStep = toStep;
    fromValue = toValue;
  }
  return fromValue;
}
