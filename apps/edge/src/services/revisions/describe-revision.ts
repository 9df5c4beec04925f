import type { Revision } from '@headwright/shared/api/revisions';
import { HeadId, JobId, RevisionId } from '@headwright/shared/ids';
import { isTerminal } from '@headwright/shared/job-state';
import type { assets } from '../../db/schema/assets.ts';
import type { JobRow } from '../../db/schema/jobs.ts';
import type { revisions } from '../../db/schema/revisions.ts';
import { describeFiles } from '../heads/describe-head.ts';

/** A revision's row, its job and its finished files as the API's resource. */
export function describeRevision(
  row: typeof revisions.$inferSelect,
  { status, model }: Pick<JobRow, 'status' | 'model'>,
  files: (typeof assets.$inferSelect)[],
): Revision {
  const head = `/v1/heads/${row.headId}`;
  return {
    id: RevisionId.parse(row.id),
    object: 'revision',
    head_id: HeadId.parse(row.headId),
    kind: row.kind,
    prompt: row.prompt,
    negative_prompt: row.negativePrompt,
    seed: row.seed,
    model,
    parent_id: row.parentId === null ? null : RevisionId.parse(row.parentId),
    job_id: JobId.parse(row.jobId),
    status,
    terminal: isTerminal(status),
    files: describeFiles(row.headId, row.id, files),
    warnings: row.warnings,
    labels: row.labels,
    created_at: new Date(row.createdAt).toISOString(),
    urls: { self: `${head}/revisions/${row.id}`, head, job: `/v1/jobs/${row.jobId}` },
  };
}
