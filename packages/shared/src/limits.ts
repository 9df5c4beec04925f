/** Longest prompt and negative prompt, in Unicode code points after trimming. */
export const PROMPT_MAX_LENGTH = 1000;

/** Largest JSON body that the edge reads, bytes. */
export const JSON_BODY_MAX_BYTES = 32 * 1024;

/** Largest file that a runner may upload, bytes. */
export const FILE_MAX_BYTES = 64 * 1024 * 1024;

/**
 * Largest checkpoint that a runner may upload, bytes: a Worker's request body may have 100 MB. A larger one stays with
 * its runner, and a runner that replaces it begins anew.
 */
export const CHECKPOINT_MAX_BYTES = 95 * 1024 * 1024;

/** Longest page of a list, and the one that is sent unless asked. */
export const PAGE_MAX_LENGTH = 100;
export const PAGE_DEFAULT_LENGTH = 20;

/** Webhook endpoints of an account in each mode. */
export const WEBHOOK_ENDPOINTS_MAX = 20;

/** Seeds are unsigned 31-bit integers, so that every language can hold them. */
export const SEED_MAX = 2 ** 31 - 1;

/** Largest preview picture that a runner may upload, bytes. */
export const PREVIEW_MAX_BYTES = 4 * 1024 * 1024;

/** A job that no runner has begun by then expires, seconds: unless asked, and at most. */
export const DEADLINE_DEFAULT_SECONDS = 86_400;
export const DEADLINE_MAX_SECONDS = 7 * 86_400;

/** The longest that a request for a job waits for its end, seconds. */
export const WAIT_MAX_SECONDS = 30;

/** Keys of `metadata`, and characters of a key, a value and a name. */
export const METADATA_MAX_KEYS = 20;
export const METADATA_KEY_MAX_LENGTH = 40;
export const METADATA_VALUE_MAX_LENGTH = 500;
export const NAME_MAX_LENGTH = 200;

/**
 * Refusals by moderation within the window after which no more heads are accepted: for one end user, and for an account
 * in one mode, to which each end user adds no more than an end user may have.
 */
export const ABUSE_LIMITS = { windowHours: 24, endUser: 20, account: 200 } as const;
