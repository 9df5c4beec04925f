import { isTerminal } from '@headwright/shared/job-state';
import { and, eq } from 'drizzle-orm';
import { assets } from '../../db/schema/assets.ts';
import { heads } from '../../db/schema/heads.ts';
import { jobs } from '../../db/schema/jobs.ts';
import type { ByteRange } from '../../ports/objects/interface.ts';
import type { AccountContext } from '../context.ts';
import { ServiceError } from '../errors.ts';

/** A finished file: its facts, and its bytes on demand. */
export interface FoundFile {
  contentType: string;
  bytes: number;
  sha256: string;
  read(range?: ByteRange): Promise<ReadableStream>;
}

/** One finished file of one of the account's own heads. */
export async function findFile(ctx: AccountContext, headId: string, name: string): Promise<FoundFile> {
  const { db, objects } = ctx.deps;
  const [found] = await db
    .select({ asset: assets, status: jobs.status })
    .from(heads)
    .innerJoin(jobs, eq(jobs.headId, heads.id))
    .leftJoin(assets, and(eq(assets.headId, heads.id), eq(assets.name, name)))
    .where(and(eq(heads.id, headId), eq(heads.accountId, ctx.actor.accountId)));
  if (found === undefined) throw new ServiceError('resource.not_found', 'There is no such head.');
  const { asset } = found;
  if (asset === null) {
    if (!isTerminal(found.status))
      throw new ServiceError('resource.not_ready', undefined, { retryAfterSeconds: 2 });
    throw new ServiceError('resource.not_found', 'The head has no such file.');
  }
  return {
    contentType: asset.contentType,
    bytes: asset.bytes,
    sha256: asset.sha256,
    async read(range) {
      const body = await objects.read(asset.objectKey, range);
      if (body === null) throw new Error(`findFile: asset ${asset.id} has no object`);
      return body;
    },
  };
}
