import { readFile } from 'node:fs/promises';
import { type OutputCheck, RejectedOutput } from '../moderation/open-output-check.ts';
import type { Attempt, EdgeClient } from './edge-client.ts';

/** Sends pictures of a head under way, each only after the check has passed it. */
export interface PreviewUpload {
  readonly send: (path: string) => void;
  /** Resolves when every picture so far has been looked at. */
  settled(): Promise<void>;
}

/** Starts nothing by itself; `onRejected` is told of a picture that was refused. */
export function createPreviewUpload(
  client: Pick<EdgeClient, 'putPreview'>,
  attempt: Attempt,
  check: OutputCheck,
  onRejected: () => void,
  signal: AbortSignal,
): PreviewUpload {
  const checks: Promise<void>[] = [];
  const deliver = async (path: string, looked: () => void): Promise<void> => {
    try {
      const png = await readFile(path);
      await check(png);
      looked();
      await client.putPreview(attempt, png, signal);
    } catch (error) {
      if (error instanceof RejectedOutput) onRejected();
      // A lost preview costs one picture: it is never retried.
      else if (!signal.aborted) console.warn('preview-upload: a preview was not delivered:', String(error));
      looked();
    }
  };
  return {
    send(path) {
      checks.push(new Promise((resolve) => void deliver(path, resolve)));
    },
    async settled() {
      await Promise.all(checks);
    },
  };
}
