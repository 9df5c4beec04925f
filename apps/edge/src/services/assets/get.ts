import type { Asset } from '@headwright/shared/api/assets';
import { and, eq, isNull, sql } from 'drizzle-orm';
import { assets } from '../../db/schema/assets.ts';
import { exports } from '../../db/schema/exports.ts';
import { heads } from '../../db/schema/heads.ts';
import { revisions } from '../../db/schema/revisions.ts';
import type { AccountContext } from '../context.ts';
import { ServiceError } from '../errors.ts';
import { mayRead } from '../keys/rendition-reach.ts';
import { visibleHeads } from '../keys/visible.ts';
import { describeAsset } from './describe-asset.ts';
import { linkPath } from './link-path.ts';
import { LINK_LIFE_MS, signLink } from './signed-link.ts';

/** One finished file of one of the account's own heads, with a fresh link. A private file is not found. */
export async function getAsset(ctx: AccountContext, assetId: string): Promise<Asset> {
  const { db, clock, config } = ctx.deps;
  const [found] = await db
    .select({
      asset: assets,
      revisionId: sql<string>`coalesce(${exports.revisionId}, ${revisions.id})`.as('of_revision'),
      expiresAt: heads.expiresAt,
    })
    .from(assets)
    .innerJoin(heads, eq(heads.id, assets.headId))
    .leftJoin(revisions, eq(revisions.jobId, assets.jobId))
    .leftJoin(exports, eq(exports.jobId, assets.jobId))
    .where(
      and(
        eq(assets.id, assetId),
        eq(assets.visibility, 'public'),
        isNull(heads.deletedAt),
        visibleHeads(ctx.actor),
      ),
    );
  if (found === undefined || !mayRead(ctx.actor, found.asset.name))
    throw new ServiceError('resource.not_found', 'There is no such asset.');
  const { asset, ...of } = found;
  // A link says whole seconds.
  const expiresAtMs = Math.floor((clock() + LINK_LIFE_MS) / 1000) * 1000;
  const url = await signLink(config.fileLinkKeys, linkPath(asset), expiresAtMs);
  return describeAsset(asset, of, { url, expiresAtMs });
}
