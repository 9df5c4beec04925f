import type { CreateExportResponse } from '@headwright/shared/api/exports';
import { eq } from 'drizzle-orm';
import { exports } from '../../db/schema/exports.ts';
import type { AccountContext } from '../context.ts';
import { ServiceError } from '../errors.ts';
import { readAcceptedJob } from '../jobs/read-acceptance.ts';
import { describeExport } from './describe-export.ts';

/** The answer to the request that asked for an export, rebuilt. */
export async function replayCreateExport(ctx: AccountContext, jobId: string): Promise<CreateExportResponse> {
  const job = await readAcceptedJob(ctx, jobId);
  const [row] = await ctx.deps.db.select().from(exports).where(eq(exports.jobId, jobId));
  if (row === undefined) throw new ServiceError('resource.not_found', 'There is no such job.');
  return { export: describeExport(job.head_id, row), job };
}
