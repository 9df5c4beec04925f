import { z } from 'zod';

const suffix = '[0-9a-hjkmnp-tv-z]{26}';

/** Prefixed ids: the prefix names the resource, 26 Crockford base32 characters (ULID) follow and sort by creation time. */
export const HeadId = z.templateLiteral(['head_', z.string().regex(new RegExp(`^${suffix}$`))]);
export type HeadId = z.infer<typeof HeadId>;

/** One state of a head: as it was made, or as an edit left it. */
export const RevisionId = z.templateLiteral(['rev_', z.string().regex(new RegExp(`^${suffix}$`))]);
export type RevisionId = z.infer<typeof RevisionId>;

/** One paid attempt-series that makes a head. */
export const JobId = z.templateLiteral(['job_', z.string().regex(new RegExp(`^${suffix}$`))]);
export type JobId = z.infer<typeof JobId>;

/** Something that happened; the same in the list of events, in a stream, and in `webhook-id`. */
export const EventId = z.templateLiteral(['evt_', z.string().regex(new RegExp(`^${suffix}$`))]);
export type EventId = z.infer<typeof EventId>;

/** Where an account wants to be told of events. */
export const WebhookEndpointId = z.templateLiteral(['we_', z.string().regex(new RegExp(`^${suffix}$`))]);
export type WebhookEndpointId = z.infer<typeof WebhookEndpointId>;

/** One event on its way to one endpoint. */
export const DeliveryId = z.templateLiteral(['dlv_', z.string().regex(new RegExp(`^${suffix}$`))]);
export type DeliveryId = z.infer<typeof DeliveryId>;

/** A developer's key; the id is no secret. */
export const KeyId = z.templateLiteral(['key_', z.string().regex(new RegExp(`^${suffix}$`))]);
export type KeyId = z.infer<typeof KeyId>;

/** A credential of an app, minted by a key. */
export const ClientTokenId = z.templateLiteral(['ct_', z.string().regex(new RegExp(`^${suffix}$`))]);
export type ClientTokenId = z.infer<typeof ClientTokenId>;

/** One finished file. */
export const AssetId = z.templateLiteral(['ast_', z.string().regex(new RegExp(`^${suffix}$`))]);
export type AssetId = z.infer<typeof AssetId>;

/** One movement of money of an account. */
export const LedgerId = z.templateLiteral(['led_', z.string().regex(new RegExp(`^${suffix}$`))]);
export type LedgerId = z.infer<typeof LedgerId>;

/** One refusal by moderation. */
export const FlagId = z.templateLiteral(['flag_', z.string().regex(new RegExp(`^${suffix}$`))]);
export type FlagId = z.infer<typeof FlagId>;
