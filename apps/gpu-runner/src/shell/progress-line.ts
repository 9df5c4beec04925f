import type { Progress } from '@headwright/shared/runner/progress';

/** Where lines go: a terminal shows one line that is rewritten, anything else a line each 10 %. */
export interface ProgressOutput {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

export interface ProgressLine {
  show(progress: Progress): void;
  /** Ends the rewritten line, so that later output starts on its own. */
  end(): void;
}

/** Creates the progress line of one head. */
export function createProgressLine(output: ProgressOutput): ProgressLine {
  let shownTenth = -1;
  let openLine = '';
  return {
    show(progress) {
      if (output.isTTY === true) {
        const line = formatProgress(progress);
        if (line !== openLine) output.write(`\r\u001b[2K${line}`);
        openLine = line;
        return;
      }
      const tenth = Math.floor(progress.fraction * 10);
      if (tenth === shownTenth) return;
      shownTenth = tenth;
      output.write(`${formatProgress(progress)}\n`);
    },
    end() {
      if (openLine !== '') output.write('\n');
      openLine = '';
    },
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
