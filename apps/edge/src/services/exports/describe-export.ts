import type { Export } from '@headwright/shared/api/exports';
import { HeadId, JobId, RevisionId } from '@headwright/shared/ids';
import type { exports } from '../../db/schema/exports.ts';

/** An export's row as the API's resource. */
export function describeExport(headId: string, row: typeof exports.$inferSelect): Export {
  return {
    object: 'export',
    job_id: JobId.parse(row.jobId),
    head_id: HeadId.parse(headId),
    revision_id: RevisionId.parse(row.revisionId),
    files: row.renditions.map(({ name, settings }) => ({ name, ...settings })),
    urls: { job: `/v1/jobs/${row.jobId}`, revision: `/v1/heads/${headId}/revisions/${row.revisionId}` },
  };
}
