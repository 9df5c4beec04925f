import { MODEL_VERSIONS, type ModelVersion } from '@headwright/shared/models';
import type { Preset } from '@headwright/shared/presets';
import { z } from 'zod';
import type { MailSettings } from './ports/mail/http.ts';
import type { StripeSettings } from './ports/payments/stripe.ts';
import type { JobRoomMethods, RunnerPoolMethods, WebhookSenderMethods } from './ports/doorbell/interface.ts';
import type { AccountRateMethods } from './ports/rates/interface.ts';

/** What wrangler.toml binds, and its variables as the strings they arrive as. */
export interface Bindings {
  DB: D1Database;
  FILES: R2Bucket;
  JOB_ROOM: DurableObjectNamespace<JobRoomMethods & Rpc.DurableObjectBranded>;
  RUNNER_POOL: DurableObjectNamespace<RunnerPoolMethods & Rpc.DurableObjectBranded>;
  WEBHOOK_SENDER: DurableObjectNamespace<WebhookSenderMethods & Rpc.DurableObjectBranded>;
  ACCOUNT_RATE: DurableObjectNamespace<AccountRateMethods & Rpc.DurableObjectBranded>;
  LEASE_SECONDS: string;
  CLAIM_HOLD_SECONDS: string;
  EVENT_PING_SECONDS: string;
  ALLOW_SMOKE_PRESET: string;
  ATTEMPT_LIMITS: string;
  ACCESS_LOG?: string;
  /** A secret: SHA-256 of the operators' keys, lower-case hexadecimal, separated by commas. */
  OPERATOR_KEY_HASHES?: string;
  LOCAL_MODE: string;
  /** Secrets and ids from Stripe's dashboard: all four, or none. */
  STRIPE_SECRET_KEY?: string;
  STRIPE_WEBHOOK_SECRET?: string;
  STRIPE_METER_EVENT?: string;
  STRIPE_METER_ID?: string;
  /** Who sends mails to owners of accounts: a secret key and two variables, or none of them. */
  MAIL_URL?: string;
  MAIL_KEY?: string;
  MAIL_FROM?: string;
  /** A secret: `name:key,older-name:key`, each key 32 bytes in base64. */
  WEBHOOK_SECRET_KEYS?: string;
  /** A secret of the same form, which signs links to files. */
  FILE_LINK_KEYS?: string;
}

/** Keys that anybody can read here; they protect what lies on a developer's own machine. */
const LOCAL_WEBHOOK_KEYS = `local:${btoa('headwright-local-webhook-secrets')}`;
const LOCAL_FILE_LINK_KEYS = `local:${btoa('headwright-local-file-link-keys!')}`;

/** `name:key,older-name:key`: the first one encrypts, all decrypt. */
const KeyRing = z.string().transform((text, issues): NamedKey[] =>
  text.split(',').map((part) => {
    const [name = '', encoded = ''] = part.trim().split(':');
    const key = z.base64().safeParse(encoded).success
      ? Uint8Array.from(atob(encoded), (letter) => letter.charCodeAt(0))
      : new Uint8Array();
    if (!/^[a-z0-9-]{1,20}$/.test(name) || key.byteLength !== 32) {
      issues.addIssue({ code: 'custom', message: 'must be a list of name:key, each key 32 bytes in base64' });
    }
    return { name, key };
  }),
);

/** How long one attempt of a preset may run, and how many may end badly. */
const AttemptLimit = z.strictObject({
  seconds: z.int().min(1).max(604_800),
  failures: z.int().min(1).max(20),
});

const AttemptLimits = z
  .string()
  .transform((text, issues): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      issues.addIssue({ code: 'custom', message: 'must be JSON' });
      return z.NEVER;
    }
  })
  .pipe(z.strictObject({ smoke: AttemptLimit, draft: AttemptLimit, standard: AttemptLimit }));

const Variables = z.object({
  LEASE_SECONDS: z.coerce.number().positive().max(3600),
  CLAIM_HOLD_SECONDS: z.coerce.number().positive().max(25),
  EVENT_PING_SECONDS: z.coerce.number().positive().max(300),
  ALLOW_SMOKE_PRESET: z.enum(['true', 'false']),
  ATTEMPT_LIMITS: AttemptLimits,
  ACCESS_LOG: z.enum(['true', 'false']).default('false'),
  OPERATOR_KEY_HASHES: z
    .string()
    .default('')
    .transform((text) => text.split(',').filter(Boolean))
    .pipe(z.array(z.string().regex(/^[0-9a-f]{64}$/))),
  LOCAL_MODE: z.enum(['true', 'false']),
});

/** All that Stripe needs, or nothing of it: half of it is a mistake. */
const StripeVariables = z.union([
  z
    .object({
      STRIPE_SECRET_KEY: z.string().min(1),
      STRIPE_WEBHOOK_SECRET: z.string().min(1),
      STRIPE_METER_EVENT: z.string().min(1),
      STRIPE_METER_ID: z.string().min(1),
    })
    .transform((variables) => ({
      secretKey: variables.STRIPE_SECRET_KEY,
      webhookSecret: variables.STRIPE_WEBHOOK_SECRET,
      meterEventName: variables.STRIPE_METER_EVENT,
      meterId: variables.STRIPE_METER_ID,
    })),
  z
    .object({
      STRIPE_SECRET_KEY: z.undefined().optional(),
      STRIPE_WEBHOOK_SECRET: z.undefined().optional(),
      STRIPE_METER_EVENT: z.undefined().optional(),
      STRIPE_METER_ID: z.undefined().optional(),
    })
    .transform(() => null),
]);

/** All that mails need, or nothing of it. */
const MailVariables = z.union([
  z
    .object({
      MAIL_URL: z.url({ protocol: /^https$/ }),
      MAIL_KEY: z.string().min(1),
      MAIL_FROM: z.string().min(3),
    })
    .transform((variables) => ({
      url: variables.MAIL_URL,
      key: variables.MAIL_KEY,
      from: variables.MAIL_FROM,
    })),
  z
    .object({
      MAIL_URL: z.undefined().optional(),
      MAIL_KEY: z.undefined().optional(),
      MAIL_FROM: z.undefined().optional(),
    })
    .transform(() => null),
]);

/** What is said about Stripe, null if nothing is. */
export function parseStripe(variables: object): StripeSettings | null {
  return StripeVariables.parse(variables);
}

/** One key of a list of which any may have encrypted a text; the text says which. */
export interface NamedKey {
  name: string;
  key: Uint8Array<ArrayBuffer>;
}

/** The variables in the units that code uses. */
export interface Config {
  leaseMs: number;
  claimHoldMs: number;
  eventPingMs: number;
  allowSmokePreset: boolean;
  /** Whether each request is told to the log. */
  hasAccessLog: boolean;
  /** Of the keys that operators have; nobody has one where it is empty. */
  operatorKeyHashes: readonly string[];
  attemptLimits: Record<Preset, z.infer<typeof AttemptLimit>>;
  /** Every version of the model there has been, oldest first. */
  models: readonly ModelVersion[];
  /** On a developer's own machine: secrets have defaults, and webhooks may go to this machine. */
  isLocal: boolean;
  /** Null where nobody sends mails. */
  mail: MailSettings | null;
  /** Null where no payment provider is set up. */
  stripe: StripeSettings | null;
  /** Encrypt webhook secrets: the first one new ones, all of them old ones. */
  webhookKeys: readonly NamedKey[];
  /** Sign links to files: the first one new ones, all of them are good. */
  fileLinkKeys: readonly NamedKey[];
}

/** Checks the variables; a Worker with a wrong one fails at its first request and says which. */
export function parseConfig(env: Bindings): Config {
  const variables = Variables.parse(env);
  const isLocal = variables.LOCAL_MODE === 'true';
  const secrets = z
    .object({
      WEBHOOK_SECRET_KEYS: isLocal ? KeyRing.prefault(LOCAL_WEBHOOK_KEYS) : KeyRing,
      FILE_LINK_KEYS: isLocal ? KeyRing.prefault(LOCAL_FILE_LINK_KEYS) : KeyRing,
    })
    .parse(env);
  return {
    leaseMs: variables.LEASE_SECONDS * 1000,
    claimHoldMs: variables.CLAIM_HOLD_SECONDS * 1000,
    eventPingMs: variables.EVENT_PING_SECONDS * 1000,
    allowSmokePreset: variables.ALLOW_SMOKE_PRESET === 'true',
    hasAccessLog: variables.ACCESS_LOG === 'true',
    operatorKeyHashes: variables.OPERATOR_KEY_HASHES,
    attemptLimits: variables.ATTEMPT_LIMITS,
    models: MODEL_VERSIONS,
    isLocal,
    mail: MailVariables.parse(env),
    stripe: parseStripe(env),
    webhookKeys: secrets.WEBHOOK_SECRET_KEYS,
    fileLinkKeys: secrets.FILE_LINK_KEYS,
  };
}
