import type { JobStatus } from '@headwright/shared/job-state';
import { type CompleteRequest, type FileRecord, STATE_FILE_NAME } from '@headwright/shared/runner/protocol';
import { and, eq, sql } from 'drizzle-orm';
import { insertSelect } from '../../db/insert-select.ts';
import { assets } from '../../db/schema/assets.ts';
import { exports } from '../../db/schema/exports.ts';
import { heads } from '../../db/schema/heads.ts';
import { type JobRow, jobs } from '../../db/schema/jobs.ts';
import { revisions } from '../../db/schema/revisions.ts';
import type { RunnerContext } from '../context.ts';
import { ServiceError } from '../errors.ts';
import { deleteDrafts, draftKey } from './drafts.ts';
import { holdsJob } from './statements.ts';
import { settleCancel } from './settle-cancel.ts';
import { transition } from './transition.ts';

/** Types of the files that a head consists of; anything else keeps what the runner calls it. */
const CONTENT_TYPES: Readonly<Record<string, string>> = {
  glb: 'model/gltf-binary',
  usdz: 'model/vnd.usdz+zip',
  png: 'image/png',
  webp: 'image/webp',
  json: 'application/json',
};

/** One row of `assets` from a job's row and one entry of a JSON list of published files. */
const ASSET_OF_JSON = {
  id: sql`value ->> 'id'`,
  accountId: sql`account_id`,
  headId: sql`head_id`,
  jobId: sql`jobs.id`,
  name: sql`value ->> 'name'`,
  contentType: sql`value ->> 'contentType'`,
  bytes: sql`value ->> 'bytes'`,
  sha256: sql`value ->> 'sha256'`,
  visibility: sql`value ->> 'visibility'`,
  objectKey: sql`value ->> 'objectKey'`,
  // JSON's null is a text, too.
  model: sql`nullif(value -> 'model', 'null')`,
  createdAt: sql`finished_at`,
};

/**
 * Accepts an attempt's files once: verifies every one, copies them to their lasting place, and makes them
 * the head's current revision together with the job's success in one batch. Repeating it with the same token changes nothing.
 */
export async function completeJob(
  ctx: RunnerContext,
  jobId: string,
  tokenHash: string,
  request: CompleteRequest,
): Promise<JobStatus> {
  const { deps } = ctx;
  const [job] = await deps.db
    .select()
    .from(jobs)
    .where(and(eq(jobs.id, jobId), eq(jobs.tokenHash, tokenHash)));
  if (job === undefined) throw new ServiceError('attempt.stale');
  if (job.status === 'succeeded') return job.status;
  if (job.status === 'canceling') {
    await settleCancel(ctx, jobId, tokenHash);
    throw new ServiceError('attempt.stale', 'The job was canceled.');
  }
  if (job.status !== 'running') throw new ServiceError('attempt.stale');

  await requireExported(ctx, job, request.files);
  const files = await publishAll(ctx, job, request.files);
  if (files === null) return completeJob(ctx, jobId, tokenHash, request);
  const done = await transition(deps, {
    to: 'succeeded',
    where: holdsJob(jobId, tokenHash),
    set: { leaseExpiresAt: null, finishedAt: deps.clock() },
    // Warnings quote the prompt: a head that is erased at this moment must not get them.
    alongside: (eventId) => [
      insertSelect(
        deps.db,
        assets,
        ASSET_OF_JSON,
        sql`
        from jobs, json_each(${JSON.stringify(files)}) where last_event_id = ${eventId}`,
      ),
      deps.db
        .update(revisions)
        .set({ warnings: request.warnings })
        .where(
          sql`job_id = (select jobs.id from jobs join heads on heads.id = head_id
            where last_event_id = ${eventId} and deleted_at is null)`,
        ),
      deps.db
        .update(heads)
        .set({
          warnings: request.warnings,
          labels: sql`(select revisions.labels from revisions join jobs on jobs.id = job_id
            where last_event_id = ${eventId})`,
        })
        // An export changes nothing about its head.
        .where(sql`id = (select head_id from jobs where last_event_id = ${eventId} and kind <> 'export')
          and deleted_at is null`),
    ],
  });
  if (done === null) return completeJob(ctx, jobId, tokenHash, request);
  await deleteDrafts(deps, jobId);
  return done.job.status;
}

/** Of an export: exactly the files that were asked for. */
async function requireExported(ctx: RunnerContext, job: JobRow, files: FileRecord[]): Promise<void> {
  if (job.kind !== 'export') return;
  const [row] = await ctx.deps.db.select().from(exports).where(eq(exports.jobId, job.id));
  const wanted = (row?.renditions ?? []).map(({ name }) => name).toSorted();
  const names = files.map(({ name }) => name).toSorted();
  if (wanted.join() !== names.join()) {
    throw new ServiceError('attempt.incomplete', `Expected ${wanted.join(', ')}, got ${names.join(', ')}.`);
  }
}

/** Publishes all files, or returns null when a twin of this request has completed the job and removed the drafts. */
async function publishAll(ctx: RunnerContext, job: JobRow, files: FileRecord[]) {
  try {
    return await Promise.all(files.map((file) => publish(ctx, job, file)));
  } catch (error) {
    const [now] = await ctx.deps.db.select({ status: jobs.status }).from(jobs).where(eq(jobs.id, job.id));
    if (now?.status !== job.status) return null;
    throw error;
  }
}

/** Checks one listed file and copies it under the head's own prefix, named by its content. */
async function publish(ctx: RunnerContext, job: JobRow, file: FileRecord) {
  const { objects, ids } = ctx.deps;
  const draft = draftKey(job.id, job.attempt, file.name);
  const objectKey = `${job.accountId}/${job.headId}/${file.sha256}`;
  const info = await objects.inspect(draft);
  if (info === null || info.bytes !== file.bytes || info.sha256 !== file.sha256) {
    throw new ServiceError('attempt.incomplete', `The file ${file.name} was not uploaded as stated.`);
  }
  const extension = file.name.slice(file.name.lastIndexOf('.') + 1);
  const contentType = CONTENT_TYPES[extension] ?? file.content_type;
  const body = await objects.read(draft);
  if (body === null || !(await objects.put(objectKey, body, { contentType, sha256: file.sha256 }))) {
    throw new ServiceError('attempt.incomplete', `The file ${file.name} changed while it was published.`);
  }
  return {
    id: ids.create('ast'),
    name: file.name,
    contentType,
    bytes: file.bytes,
    sha256: file.sha256,
    visibility: file.name === STATE_FILE_NAME ? 'private' : 'public',
    objectKey,
    model: file.model ?? null,
  };
}
