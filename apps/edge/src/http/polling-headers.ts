import type { Job } from '@headwright/shared/api/jobs';

/** Seconds until it is worth to look again at a job that is under way. */
export const POLL_AFTER_SECONDS = 2;

/** Response headers of a job that has not ended; for contracts. */
export const POLLING_HEADERS = {
  Location: 'Path of the job; absent once it has ended.',
  'Retry-After': 'Seconds until the next look is worth it; absent once the job has ended.',
};

/** Tells who reads a job where and when to look again, until it has ended. */
export function pollingHeaders(job: Job): Record<string, string> {
  return job.terminal ? {} : { Location: job.urls.self, 'Retry-After': String(POLL_AFTER_SECONDS) };
}
