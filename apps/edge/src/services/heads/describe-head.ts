import type { Head, HeadFile } from '@headwright/shared/api/heads';
import { AssetId, HeadId, JobId, RevisionId } from '@headwright/shared/ids';
import { isTerminal } from '@headwright/shared/job-state';
import { Preset } from '@headwright/shared/presets';
import type { assets } from '../../db/schema/assets.ts';
import type { heads } from '../../db/schema/heads.ts';
import type { JobRow } from '../../db/schema/jobs.ts';
import type { revisions } from '../../db/schema/revisions.ts';

/** A head's row, its current or first revision with its job, and the finished files of that as the API's resource. */
export function describeHead(
  head: typeof heads.$inferSelect,
  revision: Pick<typeof revisions.$inferSelect, 'id'>,
  job: Pick<JobRow, 'id' | 'status' | 'model'>,
  files: (typeof assets.$inferSelect)[],
): Head {
  const self = `/v1/heads/${head.id}`;
  return {
    id: HeadId.parse(head.id),
    object: 'head',
    name: head.name,
    metadata: head.metadata,
    prompt: head.prompt,
    negative_prompt: head.negativePrompt,
    seed: head.seed,
    preset: Preset.parse(head.preset),
    model: job.model,
    revision_id: job.status === 'succeeded' ? RevisionId.parse(revision.id) : null,
    job_id: JobId.parse(job.id),
    status: job.status,
    terminal: isTerminal(job.status),
    files: describeFiles(head.id, revision.id, files),
    warnings: head.warnings,
    labels: head.labels,
    features: { blendshapes: head.blendshapes },
    renditions: head.renditions,
    end_user: head.endUser,
    created_at: new Date(head.createdAt).toISOString(),
    expires_at: head.expiresAt === null ? null : new Date(head.expiresAt).toISOString(),
    urls: { self, job: `/v1/jobs/${job.id}`, revisions: `${self}/revisions` },
  };
}

/** Finished files of a revision, each with the address where it never changes. */
export function describeFiles(
  headId: string,
  revisionId: string,
  files: (typeof assets.$inferSelect)[],
): HeadFile[] {
  return files
    .filter(({ visibility }) => visibility === 'public')
    .map((file) => ({
      name: file.name,
      content_type: file.contentType,
      bytes: file.bytes,
      sha256: file.sha256,
      asset_id: AssetId.parse(file.id),
      url: `/v1/heads/${headId}/file/${file.name}?revision=${revisionId}`,
    }));
}
