// Written by `npm run generate` from the contracts of the routes; edit those.

export interface ApiKey {
  id: string;
  object: 'api_key';
  name: string;
  /** Keys of one mode never see objects of the other. */
  mode: 'test' | 'live';
  /** Last four characters of the secret. */
  hint: string;
  scopes: Scope[];
  /** The most that jobs of this key may cost in a calendar month (UTC), in the minor unit of the currency; null is no cap of its own. */
  monthly_spend_cap: number | null;
  created_at: string;
  expires_at: string | null;
  /** Exact to a minute. */
  last_used_at: string | null;
  revoked_at: string | null;
  /** Until then the secret from before the last rotation works, too; null if none does. */
  previous_secret_expires_at: string | null;
  urls: {
    self: string;
    rotate: string;
    revoke: string;
  };
}

export interface ApiKeyWithSecret {
  id: string;
  object: 'api_key';
  name: string;
  /** Keys of one mode never see objects of the other. */
  mode: 'test' | 'live';
  /** Last four characters of the secret. */
  hint: string;
  scopes: Scope[];
  /** The most that jobs of this key may cost in a calendar month (UTC), in the minor unit of the currency; null is no cap of its own. */
  monthly_spend_cap: number | null;
  created_at: string;
  expires_at: string | null;
  /** Exact to a minute. */
  last_used_at: string | null;
  revoked_at: string | null;
  /** Until then the secret from before the last rotation works, too; null if none does. */
  previous_secret_expires_at: string | null;
  urls: {
    self: string;
    rotate: string;
    revoke: string;
  };
  /** The key itself. It is stored as a hash: nobody can show it again. */
  secret: string;
}

export interface ClientToken {
  id: string;
  object: 'client_token';
  mode: 'test' | 'live';
  /** The key that minted it; the token dies with it. */
  key_id: string;
  end_user: string;
  allow: {
    /** Heads and edits that it may create in all. */
    create: number;
    read: ('own' | string[]) | null;
  };
  /** Heads and edits that it has created. */
  created_count: number;
  max_cost: number | null;
  created_at: string;
  expires_at: string;
  revoked_at: string | null;
  urls: {
    self: string;
    revoke: string;
  };
}

export interface ClientTokenList {
  object: 'list';
  data: ClientToken[];
  has_more: boolean;
}

export interface ClientTokenWithSecret {
  id: string;
  object: 'client_token';
  mode: 'test' | 'live';
  /** The key that minted it; the token dies with it. */
  key_id: string;
  end_user: string;
  allow: {
    /** Heads and edits that it may create in all. */
    create: number;
    read: ('own' | string[]) | null;
  };
  /** Heads and edits that it has created. */
  created_count: number;
  max_cost: number | null;
  created_at: string;
  expires_at: string;
  revoked_at: string | null;
  urls: {
    self: string;
    revoke: string;
  };
  /** The token itself, for the app: `Authorization: Bearer …`. */
  secret: string;
}

export interface CreateClientTokenRequest {
  /** Your own opaque name of the person for whom this is made: 1 to 128 visible ASCII characters. Use, abuse and client tokens are counted by it. Do not send mail addresses or names. */
  end_user: string;
  ttl_s?: number;
  allow: {
    /** Heads and edits that it may create in all. */
    create?: number;
    /** Which heads it may see besides those it makes: "own" for all of its end user’s, or up to 50 ids. */
    read?: 'own' | string[];
  };
  /** The most that its jobs may cost in all, in the minor unit of the currency. */
  max_cost?: number;
}

export interface CreateHeadRequest {
  prompt: string;
  negative_prompt?: string;
  seed?: number;
  preset?: 'smoke' | 'draft' | 'standard';
  name?: string;
  /** Your own facts, at most 20; we store them and read none. */
  metadata?: Record<string, string>;
  /** A job that no runner has begun after so many seconds expires and costs nothing; 86400 unless given. One that has begun is not cut short. */
  deadline_s?: number;
  /** Your own opaque name of the person for whom this is made: 1 to 128 visible ASCII characters. Use, abuse and client tokens are counted by it. Do not send mail addresses or names. */
  end_user?: string;
  /** Refuse the job with 402 `billing.max_cost` if it costs more than this, in minor units. */
  max_cost?: number;
}

export interface CreateHeadResponse {
  head: Head;
  job: Job;
}

export interface CreateKeyRequest {
  /** For people, who tell keys apart by it. */
  name: string;
  /** Some of those of the key that asks; all of them if left out. */
  scopes?: Scope[];
  /** From then on the key is refused; null is never. */
  expires_at?: string | null;
  /** The most that jobs of this key may cost in a calendar month (UTC), in the minor unit of the currency; null is no cap of its own. */
  monthly_spend_cap?: number | null;
}

export interface CreateRevisionRequest {
  kind: 'geometry' | 'texture';
  /** What shall be otherwise, such as "laughing"; the words of the head need not be repeated. */
  prompt: string;
  negative_prompt?: string;
  seed?: number;
  /** A job that no runner has begun after so many seconds expires and costs nothing; 86400 unless given. One that has begun is not cut short. */
  deadline_s?: number;
  /** Refuse the job with 402 `billing.max_cost` if it costs more than this, in minor units. */
  max_cost?: number;
}

export interface CreateRevisionResponse {
  revision: Revision;
  job: Job;
}

export interface ErrorMeaning {
  code: string;
  /** The HTTP status that comes with it. */
  status: number;
  title: string;
  /** Whether the same request may succeed later. */
  retryable: boolean;
}

export interface Head {
  id: string;
  object: 'head';
  /** Your own name for the head. */
  name: string | null;
  /** Your own facts about the head. */
  metadata: Record<string, string>;
  prompt: string;
  negative_prompt: string | null;
  seed: number;
  preset: 'smoke' | 'draft' | 'standard';
  /** The newest finished revision, null before the first; an edit that is under way or has failed changes nothing. */
  revision_id: string | null;
  /** The job that made the current revision; before there is one, the job that shall make the first. */
  job_id: string;
  status: JobStatus;
  files: HeadFile[];
  /** Sentences about what may disappoint, such as prompt words that the model was hardly trained on. */
  warnings: string[];
  /** Labels put on by moderation, such as `real_person:…`. */
  labels: string[];
  /** For whom it was made, in your own words; null if you named nobody. */
  end_user: string | null;
  created_at: string;
  urls: {
    self: string;
    job: string;
    revisions: string;
  };
}

export interface HeadFile {
  name: string;
  content_type: string;
  bytes: number;
  sha256: string;
  url: string;
}

export interface Health {
  status: 'ok';
}

export interface Job {
  id: string;
  object: 'job';
  kind: 'head' | 'geometry_edit' | 'texture_edit';
  head_id: string;
  status: JobStatus;
  /** True when the status will never change again; a new status cannot break an old client. */
  terminal: boolean;
  attempt: number;
  /** How many of the account’s jobs go first; null unless queued. */
  queue_position: number | null;
  /** Seconds until the job is likely to end; null while nobody can say, and after the end. */
  eta_s: number | null;
  progress: JobProgress | null;
  error: Problem | null;
  /** Null only for jobs from before there were prices. */
  billing: JobBilling | null;
  created_at: string;
  /** A job that waits for a runner at this time expires. */
  deadline_at: string | null;
  started_at: string | null;
  finished_at: string | null;
  urls: {
    self: string;
    events: string;
    cancel: string;
    head: string;
  };
}

export interface JobBilling {
  /** Held while the job is open; captured if it succeeded, released (nothing is paid) if not. */
  state: 'held' | 'captured' | 'released';
  /** What the job costs if it succeeds, in minor units. */
  amount: number;
  /** ISO 4217 code in lower case. */
  currency: 'usd';
  /** The price list that was in force when the job was accepted. */
  price_version: string;
  /** The newest ledger entry of the job: its hold, its capture or its release. */
  ledger_id: string;
}

export interface JobEvent {
  sequence: number;
  job: Job;
}

export interface JobProgress {
  stage: 'prepare' | 'geometry' | 'texture' | 'export';
  stage_index: number;
  stage_count: number;
  step: number;
  of: number;
  /** 0 … 1 over the whole job. */
  fraction: number;
  eta_s: number | null;
  /** The newest preview picture (PNG), null before the first. */
  preview_url: string | null;
}

export type JobStatus =
  | 'queued'
  | 'running'
  | 'canceling'
  | 'succeeded'
  | 'failed'
  | 'rejected'
  | 'canceled'
  | 'expired';

export interface KeyList {
  object: 'list';
  data: ApiKey[];
  has_more: boolean;
}

export interface Problem {
  /** Leads to what the code means. */
  type: string;
  title: string;
  status: number;
  /** For people; says what was wrong this time. */
  detail: string;
  /** The path that was asked for. */
  instance?: string;
  /** Branch on this. The list is closed: docs/errors.md. */
  code: string;
  request_id?: string;
  /** Whether the same request may succeed later. */
  retryable: boolean;
  /** What is wrong with the body, one entry a fault. */
  errors?: ProblemDetail[];
}

export interface ProblemDetail {
  /** RFC 6901, into the body that was sent. */
  pointer: string;
  code: string;
  /** For people. */
  detail: string;
}

export interface Revision {
  id: string;
  object: 'revision';
  head_id: string;
  kind: 'head' | 'geometry' | 'texture';
  prompt: string;
  negative_prompt: string | null;
  seed: number;
  /** The revision that this one edits, null for a new head. */
  parent_id: string | null;
  job_id: string;
  /** The job’s. */
  status: JobStatus;
  files: HeadFile[];
  warnings: string[];
  labels: string[];
  created_at: string;
  urls: {
    self: string;
    head: string;
    job: string;
  };
}

export interface RevisionList {
  object: 'list';
  data: Revision[];
  has_more: boolean;
}

export interface RotateKeyRequest {
  /** For so long the secret of now works beside the new one. */
  overlap_s?: number;
}

/** heads:read heads, revisions and jobs; heads:write create, edit, delete; jobs:cancel; assets:read files; usage:read usage, balance, ledger; webhooks:manage endpoints and events; tokens:mint client tokens; keys:manage keys; billing:manage limits and payment; account:manage export and deletion. */
export type Scope =
  | 'heads:read'
  | 'heads:write'
  | 'jobs:cancel'
  | 'assets:read'
  | 'usage:read'
  | 'webhooks:manage'
  | 'tokens:mint'
  | 'keys:manage'
  | 'billing:manage'
  | 'account:manage';

export interface UpdateKeyRequest {
  /** For people, who tell keys apart by it. */
  name?: string;
  scopes?: Scope[];
  /** From then on the key is refused; null is never. */
  expires_at?: string | null;
  /** The most that jobs of this key may cost in a calendar month (UTC), in the minor unit of the currency; null is no cap of its own. */
  monthly_spend_cap?: number | null;
}
