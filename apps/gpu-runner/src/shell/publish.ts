import { join } from 'node:path';
import type { Attempt, EdgeClient } from './edge-client.ts';
import type { EngineResult } from './engine-messages.ts';

/** Uploads every file of a head, then completes the job: nothing is visible before the last call. */
export async function publish(
  client: EdgeClient,
  attempt: Attempt,
  workDirectory: string,
  result: EngineResult,
  signal: AbortSignal,
): Promise<void> {
  for (const record of result.files) {
    await client.putFile(attempt, join(workDirectory, record.name), record, signal);
  }
  await client.complete(attempt, { files: result.files, warnings: result.warnings }, signal);
}
