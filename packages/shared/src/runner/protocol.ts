import { z } from 'zod';
import { JobStatus } from '../job-state.ts';
import { Preset } from '../presets.ts';
import { JobSpec } from './job-spec.ts';
import { Progress } from './progress.ts';

/**
 * The runner's private protocol, `/runner/v1/*`, with the runner's own Bearer key.
 *
 * Every call about a job carries the attempt token in the `Attempt-Token` header; a token that no
 * longer holds the job gets 409 `attempt.stale` and changes nothing.
 *
 *     POST /runner/v1/claim                      ClaimRequest  → 200 ClaimResponse | 204 nothing to do
 *     POST /runner/v1/jobs/{id}/heartbeat        HeartbeatRequest → 200 HeartbeatResponse
 *     PUT  /runner/v1/jobs/{id}/preview          PNG bytes → 204
 *     PUT  /runner/v1/jobs/{id}/files/{name}     bytes, Content-Digest (RFC 9530) → 204
 *     GET  /runner/v1/jobs/{id}/base             the edited head's state, bytes as ClaimResponse.base says
 *     GET  /runner/v1/jobs/{id}/checkpoint       bytes as ClaimResponse.checkpoint says
 *     PUT  /runner/v1/jobs/{id}/checkpoint       bytes, Content-Digest → 204; replaces the one before
 *     POST /runner/v1/jobs/{id}/complete         CompleteRequest → 200
 *     POST /runner/v1/jobs/{id}/fail             FailRequest → 200
 */
export const ATTEMPT_TOKEN_HEADER = 'Attempt-Token';

export const ClaimRequest = z.strictObject({
  /** The runner's own name, for logs and the attempt's record. */
  runner: z.string().min(1).max(100),
  /** Presets that this runner is willing to run. */
  presets: z.array(Preset).min(1),
  /** Versions of the model that it has; `FIRST_MODEL` alone unless it says. */
  models: z.array(z.string().min(1).max(64)).min(1).max(20).optional(),
  /** Takes what waits in pool `test` and nothing else: magic prompts, whose engine follows a script. */
  scripted: z.boolean().optional(),
  /** How long the edge may hold the request while the queue is empty. */
  wait_s: z.number().min(0).max(25),
});
export type ClaimRequest = z.infer<typeof ClaimRequest>;

/** Lower-case hexadecimal. */
const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** A private file that waits for the attempt that it was offered to. */
export const OfferedFile = z.strictObject({ bytes: z.int().min(1), sha256: Sha256 });
export type OfferedFile = z.infer<typeof OfferedFile>;

/**
 * The engine's state among the files of a head, from which an edit starts. It is uploaded and listed like the others;
 * the edge keeps it private: no public answer names it, and only an attempt that edits this head can read it.
 */
export const STATE_FILE_NAME = 'head.state';

export const ClaimResponse = z.strictObject({
  job: JobSpec,
  /** The state that an edit starts from; null for a new head. */
  base: OfferedFile.nullable(),
  /** The newest checkpoint of the attempts before; null when there is none. */
  checkpoint: OfferedFile.nullable(),
  attempt: z.strictObject({
    number: z.int().min(1),
    token: z.string(),
    /** The lease ends this long after the last heartbeat. */
    lease_s: z.number().positive(),
  }),
});
export type ClaimResponse = z.infer<typeof ClaimResponse>;

export const HeartbeatRequest = z.strictObject({
  progress: Progress.nullable(),
  /** The edge may hold the answer this long; it answers at once when the job is canceled. */
  wait_s: z.number().min(0).max(25),
});
export type HeartbeatRequest = z.infer<typeof HeartbeatRequest>;

/** `continue`: go on. `cancel`: stop and report `fail` with code `canceled`. `stale`: stop, say nothing. */
export const HeartbeatResponse = z.strictObject({ verdict: z.enum(['continue', 'cancel', 'stale']) });
export type HeartbeatResponse = z.infer<typeof HeartbeatResponse>;

/** File names are flat or one folder deep (`views/front.png`): nothing that a path could climb out of. */
export const FileName = z.string().regex(/^[a-z0-9][a-z0-9_-]*(\/[a-z0-9][a-z0-9-]*)?\.[a-z0-9]{1,8}$/);

/** What a file with a head's surface holds. */
export const ModelFacts = z.strictObject({
  triangles: z.int().min(1),
  /** After cutting along chart borders. */
  vertices: z.int().min(1),
  /** Side of its square texture, texels. */
  texture_size: z.int().min(1),
  /** glTF extensions that it uses. */
  extensions: z.array(z.string().max(100)).max(20),
  /** Morph targets, in their order. */
  morphs: z.array(z.string().max(100)).max(100),
});
export type ModelFacts = z.infer<typeof ModelFacts>;

export const FileRecord = z.strictObject({
  name: FileName,
  content_type: z.string().min(1).max(100),
  bytes: z.int().min(1),
  sha256: Sha256,
  /** Of files with a surface. */
  model: ModelFacts.exactOptional(),
});
export type FileRecord = z.infer<typeof FileRecord>;

/** The first position whose name stands earlier in the list, or -1. */
const repeatedName = (files: FileRecord[]) =>
  files.findIndex(({ name }, i) => files.findIndex((file) => file.name === name) < i);

export const CompleteRequest = z.strictObject({
  files: z
    .array(FileRecord)
    .min(1)
    .max(40)
    .check((context) => {
      const index = repeatedName(context.value);
      if (index < 0) return;
      const message = 'is listed twice';
      context.issues.push({ code: 'custom', input: context.value, path: [index, 'name'], message });
    }),
  warnings: z.array(z.string().max(500)).max(40),
});
export type CompleteRequest = z.infer<typeof CompleteRequest>;

export const FailRequest = z.strictObject({
  /**
   * `canceled`: the answer to a cancel. `shutdown`: the runner was told to stop. `rejected`: a picture of the head did
   * not pass moderation and was not uploaded.
   */
  code: z.enum(['engine_failed', 'canceled', 'shutdown', 'invalid_job', 'rejected']),
  detail: z.string().max(2000),
  retryable: z.boolean(),
});
export type FailRequest = z.infer<typeof FailRequest>;

/** What became of the job: a failed attempt may leave it `queued` again. */
export const FinishResponse = z.strictObject({ status: JobStatus });
export type FinishResponse = z.infer<typeof FinishResponse>;
