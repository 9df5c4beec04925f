import type { Job, JobEvent } from '@headwright/shared/api/jobs';
import { type Api, ProblemError } from './api.ts';
import { readEvents } from './read-events.ts';

/** How often the job is asked for while no event stream can be held open. */
const POLL_MS = 2000;

/**
 * Calls `onJob` with every newer snapshot of a job until it has ended, and returns the last one.
 * Events come over a stream; whenever that breaks, the job is polled once and the stream tried again.
 */
export async function followJob(
  api: Api,
  job: Job,
  onJob: (job: Job) => void,
  signal: AbortSignal,
): Promise<Job> {
  let latest = job;
  let lastEventId: string | null = null;
  onJob(latest);

  while (!latest.terminal && !signal.aborted) {
    try {
      for await (const event of readEvents(await api.openEvents(job.urls.events, lastEventId, signal))) {
        lastEventId = event.id ?? lastEventId;
        // The edge made this frame from the same schema that the type comes from.
        latest = (JSON.parse(event.data) as JobEvent).job;
        onJob(latest);
        if (latest.terminal || signal.aborted) return latest;
      }
    } catch (error) {
      rethrowIfFinal(error, signal);
    }
    await pause(POLL_MS, signal);
    try {
      latest = await api.getJob(job.urls.self);
      onJob(latest);
    } catch (error) {
      rethrowIfFinal(error, signal);
    }
  }
  return latest;
}

// A refusal that waiting cannot cure ends the wait; a broken connection does not.
function rethrowIfFinal(error: unknown, signal: AbortSignal): void {
  const final = error instanceof ProblemError && !error.problem.retryable;
  if (final || signal.aborted) throw error;
}

async function pause(durationMs: number, signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, durationMs);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
