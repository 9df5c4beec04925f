import { z } from 'zod';
import { EndUser } from '../end-user.ts';
import { HeadId, JobId, RevisionId } from '../ids.ts';
import { JobStatus } from '../job-state.ts';
import { SEED_MAX } from '../limits.ts';
import { MaxCost } from '../money.ts';
import { DeadlineSeconds, HeadFile, Prompt, PromptText } from './heads.ts';
import { Job } from './jobs.ts';
import { ModelName, ModelVersionId } from './models.ts';
import { listOf, pageQuery } from './page.ts';

/** What an edit changes: the shape, the colors, or first the one and then the other. */
export const EDIT_KINDS = ['geometry', 'texture', 'restyle'] as const;

/** How a revision came about: as a new head, or as an edit. */
export const REVISION_KINDS = ['head', ...EDIT_KINDS] as const;
export const RevisionKind = z.enum(REVISION_KINDS);
export type RevisionKind = z.infer<typeof RevisionKind>;

/** Body of `POST /v1/heads/{id}/revisions`. The preset is the head's. Unknown fields are refused. */
export const CreateRevisionRequest = z
  .strictObject({
    kind: z
      .enum(EDIT_KINDS)
      .describe(
        '`geometry`: the shape. `texture`: the colors. `restyle`: both, from the same words, as one job.',
      ),
    prompt: Prompt.describe(
      'What shall be otherwise, such as "laughing"; the words of the head need not be repeated.',
    ),
    negative_prompt: PromptText.optional(),
    seed: z.int().min(0).max(SEED_MAX).optional(),
    model: ModelName.optional().describe(
      'A version or an alias; unless given that of the current revision, or its successor if that was retired.',
    ),
    deadline_s: DeadlineSeconds.optional(),
    max_cost: MaxCost.optional(),
    end_user: EndUser.optional(),
  })
  .meta({ id: 'CreateRevisionRequest' });
export type CreateRevisionRequest = z.infer<typeof CreateRevisionRequest>;

/** One state of a head. It never changes once its job has succeeded; edits add revisions. */
export const Revision = z
  .object({
    id: RevisionId,
    object: z.literal('revision'),
    head_id: HeadId,
    kind: RevisionKind,
    prompt: z.string(),
    negative_prompt: z.string().nullable(),
    seed: z.number().int(),
    model: ModelVersionId,
    parent_id: RevisionId.nullable().describe('The revision that this one edits, null for a new head.'),
    job_id: JobId,
    status: JobStatus.describe('The job’s.'),
    terminal: z.boolean().describe('Whether the job has ended.'),
    files: z.array(HeadFile),
    warnings: z.array(z.string()),
    labels: z.array(z.string()),
    created_at: z.iso.datetime(),
    urls: z.object({ self: z.string(), head: z.string(), job: z.string() }),
  })
  .meta({ id: 'Revision' });
export type Revision = z.infer<typeof Revision>;

/** Answer of `POST /v1/heads/{id}/revisions`, status 202. */
export const CreateRevisionResponse = z
  .object({ revision: Revision, job: Job })
  .meta({ id: 'CreateRevisionResponse' });
export type CreateRevisionResponse = z.infer<typeof CreateRevisionResponse>;

/** Query of `GET /v1/heads/{id}/revisions`. */
export const RevisionListQuery = z
  .strictObject({
    ...pageQuery(RevisionId),
  })
  .meta({ id: 'RevisionListQuery' });
export type RevisionListQuery = z.infer<typeof RevisionListQuery>;

/** A page of a head's revisions, newest first, with those of failed and canceled jobs. */
export const RevisionList = listOf(Revision).meta({ id: 'RevisionList' });
export type RevisionList = z.infer<typeof RevisionList>;
