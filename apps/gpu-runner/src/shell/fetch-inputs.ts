import { join } from 'node:path';
import type { ClaimResponse } from '@headwright/shared/runner/protocol';
import type { Attempt, EdgeClient } from './edge-client.ts';
import { StaleAttempt } from './edge-errors.ts';
import type { EngineRequest } from './engine-messages.ts';
import { writeFileWhole } from './write-file-whole.ts';

/**
 * Downloads what a claim has offered into the work directory. Without its base an edit cannot be made; without its
 * checkpoint a job only takes longer.
 */
export async function fetchInputs(
  claim: ClaimResponse,
  client: Pick<EdgeClient, 'getOffered'>,
  workDirectory: string,
  signal: AbortSignal,
): Promise<Pick<EngineRequest, 'base' | 'resume'>> {
  const attempt: Attempt = { jobId: claim.job.job_id, token: claim.attempt.token };
  const download = async (name: 'base' | 'checkpoint'): Promise<string | null> => {
    const offered = claim[name];
    if (offered === null) return null;
    const path = join(workDirectory, '.inputs', name);
    await writeFileWhole(path, await client.getOffered(attempt, name, offered, signal));
    return path;
  };
  const resume = download('checkpoint').catch((error: unknown) => {
    if (signal.aborted || error instanceof StaleAttempt) throw error;
    console.warn(
      `fetch-inputs: ${attempt.jobId} begins anew, its checkpoint was not received:`,
      String(error),
    );
    return null;
  });
  const [base, checkpoint] = await Promise.all([download('base'), resume]);
  return { base, resume: checkpoint };
}
