import { z } from 'zod';
import { DisplayName } from './metadata.ts';

const AccountId = z.string().regex(/^acct_\w+$/);

/** A developer's account. */
export const Account = z
  .object({
    id: AccountId,
    object: z.literal('account'),
    name: z.string(),
    contact_email: z
      .string()
      .nullable()
      .describe('Where you are mailed when an endpoint is disabled or a cap comes near; null: nowhere.'),
    plan: z.string().describe('Name of the plan, from which the limits come.'),
    running_limit: z.number().int().describe('Jobs that may be running, or ready for a runner, at a time.'),
    waiting_limit: z.number().int().describe('Jobs that may wait behind those.'),
    public_files: z
      .boolean()
      .describe('Whether caches that many people share may keep the files behind signed links.'),
    created_at: z.iso.datetime(),
    urls: z.object({ self: z.string(), exports: z.string() }),
  })
  .meta({ id: 'Account' });
export type Account = z.infer<typeof Account>;

/** Body of `PATCH /v1/account`: what is not named stays. */
export const UpdateAccountRequest = z
  .strictObject({
    name: DisplayName.optional(),
    contact_email: z.email().max(254).nullable().optional().describe('null: no mails.'),
    public_files: z
      .boolean()
      .optional()
      .describe(
        'Such a cache goes on serving a file to whoever has its link, also after that has expired or the head was deleted.',
      ),
  })
  .meta({ id: 'UpdateAccountRequest' });
export type UpdateAccountRequest = z.infer<typeof UpdateAccountRequest>;

/** Query of `DELETE /v1/account`. */
export const DeleteAccountQuery = z.strictObject({
  confirm: AccountId.describe('The id of the account, so that nobody deletes one by accident.'),
});

/** What is left of an account that was deleted. */
export const DeletedAccount = z
  .object({
    id: AccountId,
    object: z.literal('account'),
    deleted: z.literal(true),
    deleted_at: z.iso.datetime(),
  })
  .meta({ id: 'DeletedAccount' });
export type DeletedAccount = z.infer<typeof DeletedAccount>;

/** The last line of an export; one that ends without it was cut off. */
export interface ExportEnd {
  object: 'export_end';
  /** Lines before this one, by their `object`. */
  counts: Record<string, number>;
}
