import type { CreateRevisionResponse } from '@headwright/shared/api/revisions';
import type { AccountContext } from '../context.ts';
import { readAcceptance } from '../jobs/read-acceptance.ts';
import { describeRevision } from './describe-revision.ts';

/** The answer to the request that made an edit, rebuilt. */
export async function replayCreateRevision(
  ctx: AccountContext,
  jobId: string,
): Promise<CreateRevisionResponse> {
  const { revision, job } = await readAcceptance(ctx, jobId);
  return { revision: describeRevision({ ...revision, warnings: [] }, job, []), job };
}
