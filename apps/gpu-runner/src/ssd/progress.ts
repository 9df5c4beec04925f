import { STAGES, type Stage } from '@headwright/shared/job-state';
import type { Progress } from '@headwright/shared/runner/progress';

/** Turns steps into progress snapshots with a fraction and a remaining time. */
export interface ProgressMeter {
  /** Reports that `step` of `of` steps of `stage` are done. */
  report(stage: Stage, step: number, of: number): void;
  /** Seconds spent so far in each stage that was entered, over all runs. */
  secondsPerStage(): Record<string, number>;
}

/**
 * Creates a meter.
 *
 * `shares` says how much of the whole each stage is expected to take; `nowMs` is a monotonic clock. The
 * remaining time assumes that the rest goes as fast as what is done, and is null before 3 % are done. `earlierSeconds`
 * are those of the runs that this one goes on from; they count as if they had been spent here.
 */
export function createProgressMeter(
  shares: Readonly<Record<Stage, number>>,
  nowMs: () => number,
  onProgress: (progress: Progress) => void,
  earlierSeconds: Readonly<Record<string, number>> = {},
): ProgressMeter {
  const total = STAGES.reduce((sum, stage) => sum + shares[stage], 0);
  const startedAtMs = nowMs();
  const seconds: Record<string, number> = { ...earlierSeconds };
  const earlierS = Object.values(earlierSeconds).reduce((sum, s) => sum + s, 0);
  let lastAtMs = startedAtMs;
  return {
    report(stage, step, of) {
      const now = nowMs();
      seconds[stage] = (seconds[stage] ?? 0) + (now - lastAtMs) / 1000;
      lastAtMs = now;
      const index = STAGES.indexOf(stage);
      const before = STAGES.slice(0, index).reduce((sum, name) => sum + shares[name], 0);
      const fraction = Math.min(1, (before + (of > 0 ? step / of : 0) * shares[stage]) / total);
      const elapsedS = earlierS + (now - startedAtMs) / 1000;
      onProgress({
        stage,
        stage_index: index,
        stage_count: STAGES.length,
        step,
        of,
        fraction,
        eta_s: fraction < 0.03 ? null : Math.round((elapsedS * (1 - fraction)) / fraction),
      });
    },
    secondsPerStage: () =>
      Object.fromEntries(Object.entries(seconds).map(([stage, s]) => [stage, Math.round(s * 100) / 100])),
  };
}
