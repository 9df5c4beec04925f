import type { Head } from '@headwright/shared/api/heads';
import { HeadId, JobId } from '@headwright/shared/ids';
import { Preset } from '@headwright/shared/presets';
import type { assets } from '../../db/schema/assets.ts';
import type { heads } from '../../db/schema/heads.ts';
import type { JobRow } from '../../db/schema/jobs.ts';

/** A head's row, its job and its finished files as the API's resource. */
export function describeHead(
  head: typeof heads.$inferSelect,
  job: Pick<JobRow, 'id' | 'status'>,
  files: (typeof assets.$inferSelect)[],
): Head {
  const self = `/v1/heads/${head.id}`;
  return {
    id: HeadId.parse(head.id),
    object: 'head',
    prompt: head.prompt,
    negative_prompt: head.negativePrompt,
    seed: head.seed,
    preset: Preset.parse(head.preset),
    job_id: JobId.parse(job.id),
    status: job.status,
    files: files.map((file) => ({
      name: file.name,
      content_type: file.contentType,
      bytes: file.bytes,
      sha256: file.sha256,
      url: `${self}/file/${file.name}`,
    })),
    warnings: head.warnings,
    labels: head.labels,
    created_at: new Date(head.createdAt).toISOString(),
    urls: { self, job: `/v1/jobs/${job.id}` },
  };
}
