import type { Deps } from '../context.ts';
import { tellError } from '../tell-error.ts';

/** Where an attempt's unfinished files lie; nothing under it is ever visible through the API but the preview. */
export const draftKey = (jobId: string, attempt: number, name: string) =>
  `tmp/${jobId}/${attempt}/files/${name}`;

/** The newest preview of an attempt. */
export const previewKey = (jobId: string, attempt: number) => `tmp/${jobId}/${attempt}/preview`;

/** One checkpoint of an attempt, named by its content: an attempt that is over cannot change what was offered. */
export const checkpointKey = (jobId: string, attempt: number, sha256: string) =>
  `tmp/${jobId}/${attempt}/checkpoint/${sha256}`;

/** Removes what all attempts of an ended job left. A failure leaves rubbish, no harm: it is logged, not thrown. */
export async function deleteDrafts(deps: Deps, jobId: string): Promise<void> {
  try {
    await deps.objects.deletePrefix(`tmp/${jobId}/`);
  } catch (error) {
    deps.log.error('drafts were not deleted', { jobId, error: tellError(error) });
  }
}
