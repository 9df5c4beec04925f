import { readFile } from 'node:fs/promises';
import { CheckpointRefusal } from '../ssd/state/checkpoint.ts';

/** Makes a head from where its checkpoint file was written; one that does not fit is told and passed over. */
export async function resumeOrBegin<T>(
  path: string | null,
  make: (resume: Uint8Array | undefined) => Promise<T>,
): Promise<T> {
  if (path === null) return make(undefined);
  try {
    return await make(await readFile(path));
  } catch (error) {
    if (!(error instanceof CheckpointRefusal)) throw error;
    console.warn(`engine: begins anew: ${error.message}`);
    return make(undefined);
  }
}
