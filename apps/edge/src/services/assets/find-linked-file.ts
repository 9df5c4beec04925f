import { and, eq, isNull } from 'drizzle-orm';
import { accounts } from '../../db/schema/accounts.ts';
import { assets } from '../../db/schema/assets.ts';
import { heads } from '../../db/schema/heads.ts';
import type { Deps } from '../context.ts';
import { ServiceError } from '../errors.ts';
import type { FoundFile } from '../heads/find-file.ts';
import { linkPath } from './link-path.ts';
import { checkLink, type LinkQuery } from './signed-link.ts';

/** The finished file of a signed link. Whoever has the link may read it, until it expires or the head is deleted. */
export async function findLinkedFile(
  deps: Deps,
  address: { id: string; sha256: string; name: string },
  query: LinkQuery,
): Promise<FoundFile> {
  await checkLink(deps.config.fileLinkKeys, linkPath(address), query, deps.clock());
  const { id, sha256, name } = address;
  const [found] = await deps.db
    .select({ asset: assets, isShared: accounts.publicFiles })
    .from(assets)
    .innerJoin(heads, and(eq(heads.id, assets.headId), isNull(heads.deletedAt)))
    .innerJoin(accounts, eq(accounts.id, assets.accountId))
    .where(
      and(
        eq(assets.id, id),
        eq(assets.sha256, sha256),
        eq(assets.name, name),
        eq(assets.visibility, 'public'),
      ),
    );
  if (found === undefined) throw new ServiceError('resource.not_found', 'The file was deleted.');
  const { asset, isShared } = found;
  return {
    contentType: asset.contentType,
    bytes: asset.bytes,
    sha256: asset.sha256,
    mayChange: false,
    isShared,
    async read(range) {
      const body = await deps.objects.read(asset.objectKey, range);
      if (body === null) throw new Error(`findLinkedFile: asset ${asset.id} has no object`);
      return body;
    },
  };
}
