import type { Asset } from '@headwright/shared/api/assets';
import { AssetId, HeadId, JobId, RevisionId } from '@headwright/shared/ids';
import { FILE_PRESETS, MOBILE_COMPAT_NAME } from '@headwright/shared/renditions';
import type { assets } from '../../db/schema/assets.ts';

type AssetRow = typeof assets.$inferSelect;

/** A file's row as the API's resource, with what it is of, until when, and a link that ends. */
export function describeAsset(
  asset: AssetRow,
  { revisionId, expiresAt }: { revisionId: string; expiresAt: number | null },
  link: { url: string; expiresAtMs: number },
): Asset {
  const self = `/v1/assets/${asset.id}`;
  return {
    id: AssetId.parse(asset.id),
    object: 'asset',
    head_id: HeadId.parse(asset.headId),
    revision_id: RevisionId.parse(revisionId),
    job_id: JobId.parse(asset.jobId),
    name: asset.name,
    content_type: asset.contentType,
    format: asset.name.slice(asset.name.lastIndexOf('.') + 1),
    rendition: renditionOf(asset.name),
    bytes: asset.bytes,
    sha256: asset.sha256,
    model: describeModel(asset),
    created_at: new Date(asset.createdAt).toISOString(),
    expires_at: expiresAt === null ? null : new Date(expiresAt).toISOString(),
    url: link.url,
    url_expires_at: new Date(link.expiresAtMs).toISOString(),
    urls: { self, content: `${self}/content`, head: `/v1/heads/${asset.headId}` },
  };
}

function renditionOf(name: string): string | null {
  if (name === MOBILE_COMPAT_NAME) return 'mobile.glb';
  return FILE_PRESETS.find((preset) => preset === name) ?? null;
}

function describeModel({ model }: AssetRow): Asset['model'] {
  if (model === null) return null;
  const { triangles, vertices, texture_size, extensions, morphs } = model;
  return { triangles, vertices, texture_size, gltf_extensions: extensions, morph_names: morphs };
}
