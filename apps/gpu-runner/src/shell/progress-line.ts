import type { Progress } from '@headwright/shared/runner/progress';
import { createStatusLine, type StatusOutput } from './status-line.ts';

export interface ProgressLine {
  show(progress: Progress): void;
  /** Ends the rewritten line, so that later output starts on its own. */
  end(): void;
}

/** Creates the progress line of one head. */
export function createProgressLine(output: StatusOutput): ProgressLine {
  const line = createStatusLine(output);
  return {
    show: (progress) => line.show(formatProgress(progress), progress.fraction),
    end: line.end,
  };
}

/** `texture 120/400 · 63 % · about 1 min 20 s left` */
export function formatProgress(progress: Progress): string {
  const percent = Math.floor(progress.fraction * 100);
  const parts = [`${progress.stage} ${progress.step}/${progress.of}`, `${percent} %`];
  if (progress.eta_s !== null) parts.push(`about ${formatDuration(progress.eta_s)} left`);
  return parts.join(' · ');
}

/** Whole seconds, with minutes from one minute on. */
export function formatDuration(durationS: number): string {
  const seconds = Math.ceil(durationS);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
