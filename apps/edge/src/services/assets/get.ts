import type { Asset } from '@headwright/shared/api/assets';
import { AssetId, HeadId, JobId, RevisionId } from '@headwright/shared/ids';
import { and, eq, isNull } from 'drizzle-orm';
import { assets } from '../../db/schema/assets.ts';
import { heads } from '../../db/schema/heads.ts';
import { revisions } from '../../db/schema/revisions.ts';
import type { AccountContext } from '../context.ts';
import { ServiceError } from '../errors.ts';
import { visibleHeads } from '../keys/visible.ts';
import { LINK_LIFE_MS, signLink } from './signed-link.ts';

/** Where a file's bytes can be read with a signature. Its digest is in the path: other bytes have another address. */
export function linkPath(asset: { id: string; sha256: string; name: string }): string {
  return `/files/${asset.id}/${asset.sha256}/${asset.name}`;
}

/** One finished file of one of the account's own heads, with a fresh link. A private file is not found. */
export async function getAsset(ctx: AccountContext, assetId: string): Promise<Asset> {
  const { db, clock, config } = ctx.deps;
  const [found] = await db
    .select({ asset: assets, revisionId: revisions.id })
    .from(assets)
    .innerJoin(heads, eq(heads.id, assets.headId))
    .innerJoin(revisions, eq(revisions.jobId, assets.jobId))
    .where(
      and(
        eq(assets.id, assetId),
        eq(assets.visibility, 'public'),
        isNull(heads.deletedAt),
        visibleHeads(ctx.actor),
      ),
    );
  if (found === undefined) throw new ServiceError('resource.not_found', 'There is no such asset.');
  const { asset, revisionId } = found;
  const self = `/v1/assets/${asset.id}`;
  // A link says whole seconds.
  const expiresAtMs = Math.floor((clock() + LINK_LIFE_MS) / 1000) * 1000;
  return {
    id: AssetId.parse(asset.id),
    object: 'asset',
    head_id: HeadId.parse(asset.headId),
    revision_id: RevisionId.parse(revisionId),
    job_id: JobId.parse(asset.jobId),
    name: asset.name,
    content_type: asset.contentType,
    bytes: asset.bytes,
    sha256: asset.sha256,
    created_at: new Date(asset.createdAt).toISOString(),
    url: await signLink(config.fileLinkKeys, linkPath(asset), expiresAtMs),
    url_expires_at: new Date(expiresAtMs).toISOString(),
    urls: { self, content: `${self}/content`, head: `/v1/heads/${asset.headId}` },
  };
}
