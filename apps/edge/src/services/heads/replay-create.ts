import type { CreateHeadResponse } from '@headwright/shared/api/heads';
import type { AccountContext } from '../context.ts';
import { readAcceptance } from '../jobs/read-acceptance.ts';
import { describeHead } from './describe-head.ts';

/** The answer to the request that made a head, rebuilt; only its name and metadata are those of today. */
export async function replayCreateHead(ctx: AccountContext, jobId: string): Promise<CreateHeadResponse> {
  const { head, revision, job } = await readAcceptance(ctx, jobId);
  const asked = { ...head, warnings: [], labels: revision.labels };
  return { head: describeHead(asked, revision, job, []), job };
}
