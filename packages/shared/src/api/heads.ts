import { z } from 'zod';
import { AssetId, HeadId, JobId, RevisionId } from '../ids.ts';
import { JobStatus } from '../job-state.ts';
import { EndUser } from '../end-user.ts';
import { DEADLINE_DEFAULT_SECONDS, DEADLINE_MAX_SECONDS, PROMPT_MAX_LENGTH, SEED_MAX } from '../limits.ts';
import { MaxCost } from '../money.ts';
import { Preset } from '../presets.ts';
import { RenditionName, RenditionNames } from '../renditions.ts';
import { Job } from './jobs.ts';
import { ModelName, ModelVersionId } from './models.ts';
import { DisplayName, Metadata, MetadataPatch } from './metadata.ts';
import { CREATED_FILTERS, listOf, pageQuery } from './page.ts';

// Everything of Unicode's control category, and lone surrogates, which are what binary data decodes to.
const CONTROL_CHARACTERS = /[\p{Cc}\p{Cs}\uFFFD]/u;

/** Text that a customer writes: trimmed, bounded, without control characters. */
export const PromptText = z
  .string()
  .trim()
  .refine((text) => !CONTROL_CHARACTERS.test(text), {
    error: 'must not contain control characters or undecodable bytes',
  })
  .refine((text) => [...text].length <= PROMPT_MAX_LENGTH, {
    error: (issue) =>
      `must have at most ${PROMPT_MAX_LENGTH} characters, has ${[...String(issue.input)].length}`,
  });

/** A prompt that says something. */
export const Prompt = PromptText.refine((text) => text.length > 0, { error: 'must not be empty' });

/** How long a job may wait for a runner. */
export const DeadlineSeconds = z
  .int()
  .min(1)
  .max(DEADLINE_MAX_SECONDS)
  .describe(
    `A job that no runner has begun after so many seconds expires and costs nothing; ${DEADLINE_DEFAULT_SECONDS} unless given. One that has begun is not cut short.`,
  );

/** Body of `POST /v1/heads`. Unknown fields are refused. */
export const CreateHeadRequest = z
  .strictObject({
    prompt: Prompt,
    negative_prompt: PromptText.optional(),
    seed: z.int().min(0).max(SEED_MAX).optional(),
    preset: Preset.optional(),
    model: ModelName.optional(),
    name: DisplayName.optional(),
    metadata: Metadata.optional(),
    deadline_s: DeadlineSeconds.optional(),
    end_user: EndUser.optional(),
    max_cost: MaxCost.optional(),
    features: z
      .strictObject({
        blendshapes: z
          .boolean()
          .optional()
          .describe('Gives `head.glb` and `mobile.glb` ARKit’s 52 expressions as morph targets.'),
      })
      .optional()
      .describe('Hold for the head’s edits, too.'),
    renditions: RenditionNames.optional().describe(
      'Files that are made with the head, and again with each of its edits, at no extra cost. `preview.png` always is.',
    ),
  })
  .meta({ id: 'CreateHeadRequest' });
export type CreateHeadRequest = z.infer<typeof CreateHeadRequest>;

/** One finished file of a head. */
export const HeadFile = z
  .object({
    name: z.string(),
    content_type: z.string(),
    bytes: z.number().int(),
    sha256: z.string(),
    asset_id: AssetId.describe('`GET /v1/assets/{id}` gives a link to it that needs no key.'),
    url: z.string().describe('Where a key or client token reads it.'),
  })
  .meta({ id: 'HeadFile' });
export type HeadFile = z.infer<typeof HeadFile>;

/** A head: what was asked for, and the files of its current revision once there is one. */
export const Head = z
  .object({
    id: HeadId,
    object: z.literal('head'),
    name: z.string().nullable().describe('Your own name for the head.'),
    metadata: z.record(z.string(), z.string()).describe('Your own facts about the head.'),
    prompt: z.string(),
    negative_prompt: z.string().nullable(),
    seed: z.number().int(),
    preset: Preset,
    model: ModelVersionId,
    revision_id: RevisionId.nullable().describe(
      'The newest finished revision, null before the first; an edit that is under way or has failed changes nothing.',
    ),
    job_id: JobId.describe(
      'The job that made the current revision; before there is one, the job that shall make the first.',
    ),
    status: JobStatus,
    terminal: z.boolean().describe('Whether that job has ended; a new status cannot break an old client.'),
    files: z.array(HeadFile),
    warnings: z
      .array(z.string())
      .describe(
        'Sentences about what may disappoint, such as prompt words that the model was hardly trained on.',
      ),
    labels: z.array(z.string()).describe('Labels put on by moderation, such as `real_person:…`.'),
    features: z.object({ blendshapes: z.boolean() }).describe('As they were asked for.'),
    renditions: z.array(RenditionName).describe('As they were asked for.'),
    end_user: z
      .string()
      .nullable()
      .describe('For whom it was made, in your own words; null if you named nobody.'),
    created_at: z.iso.datetime(),
    expires_at: z.iso
      .datetime()
      .nullable()
      .describe('Then it is deleted by itself, as `DELETE` would; null: it stays until you delete it.'),
    urls: z.object({ self: z.string(), job: z.string(), revisions: z.string() }),
  })
  .meta({ id: 'Head' });
export type Head = z.infer<typeof Head>;

/** Answer of `POST /v1/heads`, status 202. */
export const CreateHeadResponse = z.object({ head: Head, job: Job }).meta({ id: 'CreateHeadResponse' });
export type CreateHeadResponse = z.infer<typeof CreateHeadResponse>;

/** Body of `PATCH /v1/heads/{id}`: what is not named stays. */
export const UpdateHeadRequest = z
  .strictObject({
    name: DisplayName.nullable().optional().describe('Your own name for the head; null removes it.'),
    metadata: MetadataPatch.optional(),
  })
  .meta({ id: 'UpdateHeadRequest' });
export type UpdateHeadRequest = z.infer<typeof UpdateHeadRequest>;

/** What is left of a head that was deleted. */
export const DeletedHead = z
  .object({
    id: HeadId,
    object: z.literal('head'),
    deleted: z.literal(true),
    deleted_at: z.iso.datetime(),
  })
  .meta({ id: 'DeletedHead' });
export type DeletedHead = z.infer<typeof DeletedHead>;

/** Query of `GET /v1/heads`. */
export const HeadListQuery = z.strictObject({
  ...pageQuery(HeadId),
  status: JobStatus.optional().describe(
    'Of the job that made the current revision, or shall make the first.',
  ),
  end_user: EndUser.optional(),
  ...CREATED_FILTERS,
});
export type HeadListQuery = z.infer<typeof HeadListQuery>;

/** A page of an account's heads, newest first, without deleted ones. */
export const HeadList = listOf(Head).meta({ id: 'HeadList' });
export type HeadList = z.infer<typeof HeadList>;
