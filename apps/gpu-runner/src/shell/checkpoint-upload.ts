import { readFile } from 'node:fs/promises';
import { CHECKPOINT_MAX_BYTES } from '@headwright/shared/limits';
import type { Attempt, EdgeClient } from './edge-client.ts';

/** The checkpoints of one attempt on their way to the edge. */
export interface CheckpointUpload {
  /** The file's newest content shall be uploaded; while an upload runs, only the newest of those that came waits. */
  readonly save: (path: string) => void;
  /** Ends an upload that runs and takes no more. */
  readonly stop: () => void;
}

/** Uploads checkpoints one after the other beside the engine. A lost one costs time some day: it is logged, no more. */
export function createCheckpointUpload(
  client: Pick<EdgeClient, 'putCheckpoint'>,
  attempt: Attempt,
  signal: AbortSignal,
): CheckpointUpload {
  const stopped = new AbortController();
  const either = AbortSignal.any([signal, stopped.signal]);
  let waiting: string | null = null;
  let isBusy = false;
  const upload = async (path: string): Promise<void> => {
    const bytes = await readFile(path);
    if (bytes.byteLength > CHECKPOINT_MAX_BYTES) {
      throw new Error(`expected at most ${CHECKPOINT_MAX_BYTES} bytes, got ${bytes.byteLength}`);
    }
    await client.putCheckpoint(attempt, bytes, either);
  };
  const drain = async (): Promise<void> => {
    isBusy = true;
    while (waiting !== null && !either.aborted) {
      const path = waiting;
      waiting = null;
      await upload(path).catch((error: unknown) => {
        if (!either.aborted) console.warn('run-job: a checkpoint was not delivered:', String(error));
      });
    }
    isBusy = false;
  };
  return {
    save: (path) => {
      waiting = path;
      if (!isBusy) void drain();
    },
    stop: () => stopped.abort(new Error('the engine has ended')),
  };
}
