import type { Job } from '@headwright/shared/api/jobs';
import type { Api } from './api.ts';
import { element } from './element.ts';

const STAGE_WORDS: Record<string, string> = {
  prepare: 'Getting ready',
  geometry: 'Shaping',
  texture: 'Coloring',
  export: 'Wrapping up',
};

/** Shows snapshots of one job: words, bar, and the newest preview picture. */
export function createProgressView(api: Api): { show(job: Job): void } {
  const preview = element('preview', HTMLImageElement);
  let shownUrl: string | null = null;

  const showPreview = async (url: string): Promise<void> => {
    if (url === shownUrl) return;
    shownUrl = url;
    const picture = await api.getFile(url).catch(() => null);
    // A picture that failed or was overtaken by a newer one is left out; the next replaces it anyway.
    if (!picture || shownUrl !== url) return;
    URL.revokeObjectURL(preview.src);
    preview.src = URL.createObjectURL(picture);
    preview.hidden = false;
    element('stage', HTMLElement).dataset.state = 'working';
  };

  return {
    show(job) {
      const bar = element('bar', HTMLProgressElement);
      element('status', HTMLElement).textContent = describe(job);
      element('detail', HTMLElement).textContent = detail(job);
      bar.hidden = job.terminal;
      bar.value = job.progress?.fraction ?? 0;
      const url = job.progress?.preview_url;
      if (url && !job.terminal) void showPreview(url);
    },
  };
}

function describe(job: Job): string {
  switch (job.status) {
    case 'queued':
      return 'Waiting for a free machine';
    case 'running':
      return job.progress ? (STAGE_WORDS[job.progress.stage] ?? job.progress.stage) : 'Starting';
    case 'canceling':
      return 'Canceling';
    case 'succeeded':
      return 'The head is ready';
    case 'canceled':
      return 'Canceled';
    case 'failed':
      return `Failed. ${job.error?.detail ?? ''}`;
    case 'rejected':
      return `Refused. ${job.error?.detail ?? ''}`;
    case 'expired':
      return `Too late. ${job.error?.detail ?? ''}`;
  }
}

function detail(job: Job): string {
  if (job.status === 'queued' && job.queue_position !== null) {
    return job.queue_position === 0 ? 'Next in line' : `${job.queue_position} of your jobs go first`;
  }
  if (job.status !== 'running' || !job.progress) return '';
  const { step, of, eta_s: etaS, stage_index: index, stage_count: count } = job.progress;
  const parts = [`stage ${index + 1} of ${count}`];
  if (of > 0) parts.push(`step ${step} of ${of}`);
  if (etaS !== null) parts.push(`${duration(etaS)} left`);
  return parts.join(' · ');
}

function duration(seconds: number): string {
  return seconds < 90 ? `about ${Math.ceil(seconds)} s` : `about ${Math.round(seconds / 60)} min`;
}
