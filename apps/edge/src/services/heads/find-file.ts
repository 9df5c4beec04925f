import { isTerminal } from '@headwright/shared/job-state';
import { and, desc, eq, sql } from 'drizzle-orm';
import { assets } from '../../db/schema/assets.ts';
import { heads } from '../../db/schema/heads.ts';
import { jobs } from '../../db/schema/jobs.ts';
import type { ByteRange } from '../../ports/objects/interface.ts';
import { filesOfRevisionOf } from '../assets/revision-files.ts';
import type { AccountContext } from '../context.ts';
import { ServiceError } from '../errors.ts';
import { mayRead } from '../keys/rendition-reach.ts';
import { visibleHeads } from '../keys/visible.ts';
import { currentJobId } from '../revisions/current-job-id.ts';

/** A finished file by an address that a key reads. */
export interface HeadFileFound extends FoundFile {
  assetId: string;
}

/** A finished file: its facts, and its bytes on demand. */
export interface FoundFile {
  contentType: string;
  bytes: number;
  sha256: string;
  /** Whether other bytes may lie at the same address one day. */
  mayChange: boolean;
  /** Whether its owner lets caches keep it that many people share. */
  isShared?: boolean;
  read(range?: ByteRange): Promise<ReadableStream>;
}

/** Which file: of a named revision, or of the head's current one. */
export interface FileAddress {
  headId: string;
  revisionId: string | null;
  name: string;
}

/** One finished file of one of the account's own heads. A private file is not found. */
export async function findFile(ctx: AccountContext, address: FileAddress): Promise<HeadFileFound> {
  const { db, objects } = ctx.deps;
  const { headId, revisionId, name } = address;
  if (!mayRead(ctx.actor, name)) {
    throw new ServiceError('resource.not_found', 'The client token reads no file of this name.');
  }
  const jobId =
    revisionId === null
      ? currentJobId(sql`heads.id`)
      : sql`(select job_id from revisions where id = ${revisionId} and head_id = ${heads.id})`;
  const [found] = await db
    .select({
      asset: assets,
      job: { id: jobs.id, status: jobs.status },
      deletedAt: heads.deletedAt,
      isAwaited: isAwaited(name),
    })
    .from(heads)
    .innerJoin(jobs, eq(jobs.id, jobId))
    .leftJoin(
      assets,
      and(filesOfRevisionOf(sql`jobs.id`), eq(assets.name, name), eq(assets.visibility, 'public')),
    )
    .where(and(eq(heads.id, headId), visibleHeads(ctx.actor)))
    .orderBy(desc(assets.id))
    .limit(1);
  if (found === undefined) {
    const detail = `There is no such ${revisionId === null ? 'head' : 'revision of a head'}.`;
    throw new ServiceError('resource.not_found', detail);
  }
  if (found.deletedAt !== null) throw new ServiceError('resource.deleted', 'The head was deleted.');
  const { asset } = found;
  if (asset === null) {
    if (!isTerminal(found.job.status) || found.isAwaited)
      throw new ServiceError('resource.not_ready', undefined, { retryAfterSeconds: 2 });
    throw new ServiceError(
      'resource.not_found',
      'The head has no such file; `POST …/exports` makes renditions.',
    );
  }
  return {
    contentType: asset.contentType,
    bytes: asset.bytes,
    sha256: asset.sha256,
    mayChange: revisionId === null || asset.jobId !== found.job.id,
    assetId: asset.id,
    async read(range) {
      const body = await objects.read(asset.objectKey, range);
      if (body === null) throw new Error(`findFile: asset ${asset.id} has no object`);
      return body;
    },
  };
}

/** Whether an export of the revision of the `jobs` at hand is under way that makes such a file. */
const isAwaited = (name: string) =>
  sql<number>`exists (select 1 from revisions as made join exports as awaited on awaited.revision_id = made.id
    join jobs as exporting on exporting.id = awaited.job_id and exporting.finished_at is null, json_each(awaited.renditions)
    where made.job_id = jobs.id and value ->> 'name' = ${name})`;
