import { z } from 'zod';
import { KeyId } from '../ids.ts';
import { AmountMinor } from '../money.ts';
import { Scope } from '../scopes.ts';
import { listOf, pageQuery } from './page.ts';

const KeyName = z.string().trim().min(1).max(100).describe('For people, who tell keys apart by it.');
const Scopes = z
  .array(Scope)
  .min(1)
  .refine((scopes) => new Set(scopes).size === scopes.length, { error: 'must not name a scope twice' });
const Expiry = z.iso
  .datetime({ offset: true })
  .nullable()
  .describe('From then on the key is refused; null is never.');
const MonthlySpendCap = AmountMinor.min(0)
  .nullable()
  .describe(
    'The most that jobs of this key may cost in a calendar month (UTC), in the minor unit of the currency; null is no cap of its own.',
  );

const AllowedIps = z
  .array(z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()]))
  .min(1)
  .max(50)
  .nullable()
  .describe(
    'Addresses and ranges (`192.0.2.0/24`, `2001:db8::/32`) from which alone the key is accepted; null is from anywhere. Client tokens of the key are not bound by it.',
  );

/** An API key, without its secret. */
export const ApiKey = z
  .object({
    id: KeyId,
    object: z.literal('api_key'),
    name: z.string(),
    mode: z.enum(['test', 'live']).describe('Keys of one mode never see objects of the other.'),
    hint: z.string().describe('Last four characters of the secret.'),
    scopes: z.array(Scope),
    monthly_spend_cap: MonthlySpendCap,
    allowed_ips: z.array(z.string()).nullable().describe('Where the key is accepted; null is anywhere.'),
    created_at: z.iso.datetime(),
    expires_at: z.iso.datetime().nullable(),
    last_used_at: z.iso.datetime().nullable().describe('Exact to a minute.'),
    revoked_at: z.iso.datetime().nullable(),
    previous_secret_expires_at: z.iso
      .datetime()
      .nullable()
      .describe('Until then the secret from before the last rotation works, too; null if none does.'),
    urls: z.object({ self: z.string(), rotate: z.string(), revoke: z.string() }),
  })
  .meta({ id: 'ApiKey' });
export type ApiKey = z.infer<typeof ApiKey>;

/** An API key with its secret, which is shown this once. */
export const ApiKeyWithSecret = ApiKey.extend({
  secret: z.string().describe('The key itself. It is stored as a hash: nobody can show it again.'),
}).meta({ id: 'ApiKeyWithSecret' });
export type ApiKeyWithSecret = z.infer<typeof ApiKeyWithSecret>;

/** Body of `POST /v1/keys`. The mode is that of the key that asks. */
export const CreateKeyRequest = z
  .strictObject({
    name: KeyName,
    scopes: Scopes.optional().describe('Some of those of the key that asks; all of them if left out.'),
    expires_at: Expiry.optional(),
    monthly_spend_cap: MonthlySpendCap.optional(),
    allowed_ips: AllowedIps.optional(),
  })
  .meta({ id: 'CreateKeyRequest' });
export type CreateKeyRequest = z.infer<typeof CreateKeyRequest>;

/** Body of `PATCH /v1/keys/{id}`: what is left out stays. */
export const UpdateKeyRequest = z
  .strictObject({
    name: KeyName.optional(),
    scopes: Scopes.optional(),
    expires_at: Expiry.optional(),
    monthly_spend_cap: MonthlySpendCap.optional(),
    allowed_ips: AllowedIps.optional(),
  })
  .meta({ id: 'UpdateKeyRequest' });
export type UpdateKeyRequest = z.infer<typeof UpdateKeyRequest>;

/** Longest time for which the secret from before a rotation may go on working. */
const OVERLAP_MAX_SECONDS = 7 * 86_400;

/** Body of `POST /v1/keys/{id}/rotate`. */
export const RotateKeyRequest = z
  .strictObject({
    overlap_s: z
      .int()
      .min(0)
      .max(OVERLAP_MAX_SECONDS)
      .default(86_400)
      .describe('For so long the secret of now works beside the new one.'),
  })
  .meta({ id: 'RotateKeyRequest' });
export type RotateKeyRequest = z.infer<typeof RotateKeyRequest>;

/** Query of `GET /v1/keys`. */
export const KeyListQuery = z
  .strictObject({
    ...pageQuery(KeyId),
  })
  .meta({ id: 'KeyListQuery' });
export type KeyListQuery = z.infer<typeof KeyListQuery>;

/** A page of an account's keys of one mode, newest first, with those that were revoked. */
export const KeyList = listOf(ApiKey).meta({ id: 'KeyList' });
export type KeyList = z.infer<typeof KeyList>;
