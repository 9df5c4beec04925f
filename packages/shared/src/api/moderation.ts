import { z } from 'zod';
import { EndUser } from '../end-user.ts';
import { FlagId, JobId } from '../ids.ts';
import { Prompt, PromptText } from './heads.ts';
import { listOf, pageQuery } from './page.ts';

/** Body of `POST /v1/moderation/checks`. */
export const ModerationCheckRequest = z
  .strictObject({ prompt: Prompt, negative_prompt: PromptText.optional() })
  .meta({ id: 'ModerationCheckRequest' });
export type ModerationCheckRequest = z.infer<typeof ModerationCheckRequest>;

/** What moderation would say about a prompt. */
export const ModerationCheck = z
  .object({
    object: z.literal('moderation_check'),
    allowed: z.boolean().describe('Whether a head of these words would be accepted.'),
    categories: z
      .array(
        z.object({
          category: z.string().describe('Such as `hate`.'),
          code: z.string().describe('The code with which a create would be refused.'),
          pointer: z.string().describe('The field that it is about, RFC 6901.'),
        }),
      )
      .describe('What the words would be refused for, the worst first; empty when they are allowed.'),
    labels: z.array(z.string()).describe('What the head would be labeled with.'),
  })
  .meta({ id: 'ModerationCheck' });
export type ModerationCheck = z.infer<typeof ModerationCheck>;

/** One refusal by moderation; the refused words are not kept. */
export const ModerationFlag = z
  .object({
    id: FlagId,
    object: z.literal('moderation_flag'),
    stage: z.enum(['prompt', 'output']).describe('Whether words were refused, or a picture.'),
    category: z.string().describe('The last part of the error code.'),
    end_user: z.string().nullable(),
    job_id: JobId.nullable().describe('The job whose picture was refused.'),
    created_at: z.iso.datetime(),
    appeal: z.string().nullable().describe('What was said against it.'),
    appealed_at: z.iso.datetime().nullable(),
    dismissed_at: z.iso.datetime().nullable().describe('When an operator took it back; it counts no longer.'),
    urls: z.object({ self: z.string(), appeal: z.string() }),
  })
  .meta({ id: 'ModerationFlag' });
export type ModerationFlag = z.infer<typeof ModerationFlag>;

/** Query of `GET /v1/moderation/flags`. */
export const ModerationFlagListQuery = z
  .strictObject({ end_user: EndUser.optional(), ...pageQuery(FlagId) })
  .meta({ id: 'ModerationFlagListQuery' });
export type ModerationFlagListQuery = z.infer<typeof ModerationFlagListQuery>;

/** A page of refusals, newest first. */
export const ModerationFlagList = listOf(ModerationFlag).meta({ id: 'ModerationFlagList' });
export type ModerationFlagList = z.infer<typeof ModerationFlagList>;

/** Body of `POST /v1/moderation/flags/{id}/appeal`. */
export const AppealRequest = z
  .strictObject({
    comment: PromptText.refine((text) => text.length > 0, { error: 'must not be empty' }).describe(
      'Why the refusal was wrong; repeat the words if they matter, for they were not kept.',
    ),
  })
  .meta({ id: 'AppealRequest' });
export type AppealRequest = z.infer<typeof AppealRequest>;
