import { z } from 'zod';
import { EndUser } from '../end-user.ts';
import { ClientTokenId, HeadId, KeyId } from '../ids.ts';
import { AmountMinor } from '../money.ts';
import { RenditionName, RenditionNames } from '../renditions.ts';
import { listOf, pageQuery } from './page.ts';

/** Shortest, longest and usual life of a client token, seconds. */
const TTL_SECONDS = { min: 60, max: 86_400, usual: 900 } as const;

const Reach = z
  .union([z.literal('own'), z.array(HeadId).min(1).max(50)])
  .describe(
    'Which heads it may see besides those it makes: "own" for all of its end user’s, or up to 50 ids.',
  );
const MaxCost = AmountMinor.min(0).describe(
  'The most that its jobs may cost in all, in the minor unit of the currency.',
);

/** A client token, without its secret. */
export const ClientToken = z
  .object({
    id: ClientTokenId,
    object: z.literal('client_token'),
    mode: z.enum(['test', 'live']),
    key_id: KeyId.describe('The key that minted it; the token dies with it.'),
    end_user: z.string(),
    allow: z.object({
      create: z.int().describe('Heads and edits that it may create in all.'),
      read: Reach.nullable(),
    }),
    created_count: z.int().describe('Heads and edits that it has created.'),
    max_cost: MaxCost.nullable(),
    renditions: z.array(RenditionName).nullable().describe('Null: all files.'),
    created_at: z.iso.datetime(),
    expires_at: z.iso.datetime(),
    revoked_at: z.iso.datetime().nullable(),
    urls: z.object({ self: z.string(), revoke: z.string() }),
  })
  .meta({ id: 'ClientToken' });
export type ClientToken = z.infer<typeof ClientToken>;

/** A client token with its secret, which is shown this once. */
export const ClientTokenWithSecret = ClientToken.extend({
  secret: z.string().describe('The token itself, for the app: `Authorization: Bearer …`.'),
}).meta({ id: 'ClientTokenWithSecret' });
export type ClientTokenWithSecret = z.infer<typeof ClientTokenWithSecret>;

/** Body of `POST /v1/client_tokens`. */
export const CreateClientTokenRequest = z
  .strictObject({
    end_user: EndUser,
    ttl_s: z.int().min(TTL_SECONDS.min).max(TTL_SECONDS.max).default(TTL_SECONDS.usual),
    allow: z
      .strictObject({
        create: z.int().min(0).max(1000).default(0).describe('Heads and edits that it may create in all.'),
        read: Reach.optional(),
      })
      .refine(({ create, read }) => create > 0 || read !== undefined, {
        error: 'must allow something: create, read, or both',
      }),
    max_cost: MaxCost.optional(),
    renditions: RenditionNames.optional().describe(
      'The only files that it may order and read, beside `preview.png`; all unless given.',
    ),
  })
  .meta({ id: 'CreateClientTokenRequest' });
export type CreateClientTokenRequest = z.infer<typeof CreateClientTokenRequest>;

/** Query of `GET /v1/client_tokens`. */
export const ClientTokenListQuery = z
  .strictObject({
    end_user: EndUser.optional(),
    ...pageQuery(ClientTokenId),
  })
  .meta({ id: 'ClientTokenListQuery' });
export type ClientTokenListQuery = z.infer<typeof ClientTokenListQuery>;

/** A page of client tokens, newest first, with those whose time is over. */
export const ClientTokenList = listOf(ClientToken).meta({ id: 'ClientTokenList' });
export type ClientTokenList = z.infer<typeof ClientTokenList>;
