// Written by `npm run generate` from the contracts of the routes; edit those.

export interface Account {
  id: string;
  object: 'account';
  name: string;
  /** Name of the plan, from which the limits come. */
  plan: string;
  /** Jobs that may be running, or ready for a runner, at a time. */
  running_limit: number;
  /** Jobs that may wait behind those. */
  waiting_limit: number;
  created_at: string;
  urls: {
    self: string;
    exports: string;
  };
}

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
  /** Where the key is accepted; null is anywhere. */
  allowed_ips: string[] | null;
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
  /** Where the key is accepted; null is anywhere. */
  allowed_ips: string[] | null;
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

export interface AppealRequest {
  /** Why the refusal was wrong; repeat the words if they matter, for they were not kept. */
  comment: string;
}

export interface Asset {
  id: string;
  object: 'asset';
  head_id: string;
  revision_id: string;
  job_id: string;
  name: string;
  content_type: string;
  bytes: number;
  /** Of the file, lower-case hexadecimal; also its ETag. */
  sha256: string;
  created_at: string;
  /** A signed link that anybody can read who has it, in a browser of any origin, until it expires. */
  url: string;
  url_expires_at: string;
  urls: {
    self: string;
    content: string;
    head: string;
  };
}

export interface Balance {
  object: 'balance';
  /** `prepaid`: from credit; `invoiced`: by invoice, up to `credit_limit`. */
  arrangement: 'prepaid' | 'invoiced';
  /** ISO 4217 code in lower case. */
  currency: 'usd';
  /** Credit bought and not used. */
  balance: number;
  /** Of the balance, what open jobs will cost if they succeed. */
  held: number;
  /** What a new job may cost: the balance less what is held, or what is left of the credit limit this month. */
  available: number;
  /** What an invoiced account may spend in a month; else null. */
  credit_limit: number | null;
}

export interface Checkout {
  object: 'checkout';
  id: string;
  /** Integer in the minor unit of the currency: 250 is $2.50. */
  amount: number;
  /** ISO 4217 code in lower case. */
  currency: 'usd';
  /** Open it in a browser. */
  url: string;
  expires_at: string;
}

export interface CheckoutRequest {
  /** Credit to buy, in minor units. */
  amount: number;
  /** Where the browser goes after it has paid. */
  success_url: string;
  /** Where it goes if the person turns back. */
  cancel_url: string;
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
  /** Addresses and ranges (`192.0.2.0/24`, `2001:db8::/32`) from which alone the key is accepted; null is from anywhere. Client tokens of the key are not bound by it. */
  allowed_ips?: string[] | null;
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
  /** Your own opaque name of the person for whom this is made: 1 to 128 visible ASCII characters. Use, abuse and client tokens are counted by it. Do not send mail addresses or names. */
  end_user?: string;
}

export interface CreateRevisionResponse {
  revision: Revision;
  job: Job;
}

export interface CreateWebhookEndpointRequest {
  /** Where events are posted to. https only, a public host, no user name, password or fragment. */
  url: string;
  /** For people; up to 200 characters. */
  description?: string;
  /** All but `job.running` unless given. */
  event_types?: SubscribableEventType[];
}

export interface DeletedAccount {
  id: string;
  object: 'account';
  deleted: true;
  deleted_at: string;
}

export interface DeletedHead {
  id: string;
  object: 'head';
  deleted: true;
  deleted_at: string;
}

export interface Delivery {
  id: string;
  object: 'delivery';
  event_id: string;
  event_type: EventType;
  endpoint_id: string;
  /** `failed`: the last attempt of the schedule failed. `dropped`: the endpoint was disabled first. */
  status: 'pending' | 'succeeded' | 'failed' | 'dropped';
  next_attempt_at: string | null;
  /** The newest ten, oldest first. */
  attempts: DeliveryAttempt[];
  created_at: string;
  urls: {
    event: string;
    endpoint: string;
  };
}

export interface DeliveryAttempt {
  /** 1, 2, 3 … within the delivery; a redelivery goes on counting. */
  number: number;
  /** `unfinished`: under way, or lost in a restart. `redirected`: redirects are not followed. `refused_address`: the host is not public. */
  outcome:
    | 'unfinished'
    | 'delivered'
    | 'http_error'
    | 'redirected'
    | 'timed_out'
    | 'unresolved'
    | 'refused_address'
    | 'failed';
  status_code: number | null;
  /** What went wrong, in a sentence. */
  detail: string | null;
  /** The beginning of an answer that was no success, up to 500 characters. */
  response_excerpt: string | null;
  started_at: string;
  duration_ms: number | null;
}

export interface DeliveryList {
  object: 'list';
  data: Delivery[];
  has_more: boolean;
}

export interface EndpointDisabledData {
  endpoint: string;
  /** `gone`: it answered 410. `failing`: every attempt of five days failed. */
  reason: 'gone' | 'failing';
  urls: {
    endpoint: string;
  };
}

export interface EndpointTestData {
  endpoint: string;
  urls: {
    endpoint: string;
  };
}

export interface ErrorMeaning {
  code: string;
  /** The HTTP status that comes with it. */
  status: number;
  title: string;
  /** Whether the same request may succeed later. */
  retryable: boolean;
}

export interface Event {
  /** Also in the header `webhook-id` of each delivery. */
  id: string;
  object: 'event';
  type: EventType;
  /** Ids and addresses: of a job, or what the type of an account’s event says. */
  data: JobEventData | HeadDeletedData | UsageThresholdData | EndpointDisabledData | EndpointTestData;
  created_at: string;
  urls: {
    self: string;
    redeliver: string;
  };
}

export interface EventList {
  object: 'list';
  data: Event[];
  has_more: boolean;
}

export type EventType =
  | 'job.queued'
  | 'job.running'
  | 'job.canceling'
  | 'job.succeeded'
  | 'job.failed'
  | 'job.rejected'
  | 'job.canceled'
  | 'job.expired'
  | 'head.deleted'
  | 'usage.threshold'
  | 'endpoint.disabled'
  | 'endpoint.test';

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

export interface HeadDeletedData {
  head: string;
  deleted_at: string;
}

export interface HeadFile {
  name: string;
  content_type: string;
  bytes: number;
  sha256: string;
  /** `GET /v1/assets/{id}` gives a link to it that needs no key. */
  asset_id: string;
  /** Where a key or client token reads it. */
  url: string;
}

export interface HeadList {
  object: 'list';
  data: Head[];
  /** Whether a page follows: ask for it with `starting_after`. */
  has_more: boolean;
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

export interface JobEventData {
  job: string;
  head: string;
  status: JobStatus;
  /** 1, 2, 3 … within the job, without holes: orders what arrives out of order. */
  sequence: number;
  urls: {
    job: string;
    head: string;
  };
}

export interface JobList {
  object: 'list';
  data: Job[];
  /** Whether a page follows: ask for it with `starting_after`. */
  has_more: boolean;
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

export interface LedgerEntry {
  id: string;
  object: 'ledger_entry';
  /** Of a job: hold, then capture or release; refund. Else: credit, withdrawal (a payment given back), dispute, dispute_won. */
  kind: 'hold' | 'capture' | 'release' | 'refund' | 'credit' | 'withdrawal' | 'dispute' | 'dispute_won';
  arrangement: 'prepaid' | 'invoiced';
  /** Always positive; the two changes below have signs. */
  amount: number;
  /** Integer in the minor unit of the currency: 250 is $2.50. */
  balance_change: number;
  /** Integer in the minor unit of the currency: 250 is $2.50. */
  held_change: number;
  /** ISO 4217 code in lower case. */
  currency: 'usd';
  job_id: string | null;
  price_version: string | null;
  created_at: string;
  urls: {
    job: string | null;
  };
}

export interface LedgerList {
  object: 'list';
  data: LedgerEntry[];
  /** Whether a page follows: ask for it with `starting_after`. */
  has_more: boolean;
}

export interface Limits {
  object: 'limits';
  /** ISO 4217 code in lower case. */
  currency: 'usd';
  /** A calendar month in UTC: `2026-11`. */
  month: string;
  /** The hard cap that you set; null for none. */
  monthly_cap: number | null;
  /** What jobs that were accepted this month cost, or will if they succeed. */
  committed: number;
  /** The operator’s, for invoiced accounts; else null. */
  credit_limit: number | null;
  /** Keys that have a cap of their own or have spent this month. `PATCH /v1/keys/{id}` sets a cap. */
  keys: {
    key_id: string;
    monthly_cap: number | null;
    /** Integer in the minor unit of the currency: 250 is $2.50. */
    committed: number;
  }[];
  concurrency: {
    /** Jobs that may run or be ready at a time. */
    running: number;
    /** Jobs that may wait behind those. */
    waiting: number;
  };
}

export interface Model {
  id: string;
  object: 'model';
  /** ISO 4217 code in lower case. */
  currency: 'usd';
  price_version: string;
  /** When the next price list takes over, if one is known. */
  price_valid_until: string | null;
  prices: {
    kind: 'head' | 'geometry_edit' | 'texture_edit';
    preset: 'smoke' | 'draft' | 'standard';
    /** Integer in the minor unit of the currency: 250 is $2.50. */
    cost: number;
  }[];
}

export interface ModelList {
  object: 'list';
  data: Model[];
  /** Whether a page follows: ask for it with `starting_after`. */
  has_more: boolean;
}

export interface ModerationCheck {
  object: 'moderation_check';
  /** Whether a head of these words would be accepted. */
  allowed: boolean;
  /** What the words would be refused for, the worst first; empty when they are allowed. */
  categories: {
    /** Such as `hate`. */
    category: string;
    /** The code with which a create would be refused. */
    code: string;
    /** The field that it is about, RFC 6901. */
    pointer: string;
  }[];
  /** What the head would be labeled with. */
  labels: string[];
}

export interface ModerationCheckRequest {
  prompt: string;
  negative_prompt?: string;
}

export interface ModerationFlag {
  id: string;
  object: 'moderation_flag';
  /** Whether words were refused, or a picture. */
  stage: 'prompt' | 'output';
  /** The last part of the error code. */
  category: string;
  end_user: string | null;
  /** The job whose picture was refused. */
  job_id: string | null;
  created_at: string;
  /** What was said against it. */
  appeal: string | null;
  appealed_at: string | null;
  /** When an operator took it back; it counts no longer. */
  dismissed_at: string | null;
  urls: {
    self: string;
    appeal: string;
  };
}

export interface ModerationFlagList {
  object: 'list';
  data: ModerationFlag[];
  /** Whether a page follows: ask for it with `starting_after`. */
  has_more: boolean;
}

export interface Portal {
  object: 'portal';
  url: string;
}

export interface PortalRequest {
  /** Where the page leads back to. */
  return_url: string;
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
  /** Where a refusal by moderation is appealed against. */
  appeal_url?: string;
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

export interface Quote {
  object: 'quote';
  kind: 'head' | 'geometry_edit' | 'texture_edit';
  preset: 'smoke' | 'draft' | 'standard';
  /** Paid only if the job succeeds, in minor units. */
  cost: number;
  /** ISO 4217 code in lower case. */
  currency: 'usd';
  /** The price list; a job that is accepted keeps it. */
  price_version: string;
  /** Until then the price holds. */
  expires_at: string;
  /** Of the newest jobs like this one, from start to success; null while there are too few. */
  typical_duration_s: {
    p50: number;
    p95: number;
  } | null;
  /** A guess, from the jobs that are ready and the runners at work; null if there is none. */
  queue_wait_s: number | null;
}

export interface QuoteRequest {
  /** What shall be done; `head` unless given. */
  kind?: 'head' | 'geometry_edit' | 'texture_edit';
  /** `standard` unless given; an edit has the preset of its head. */
  preset?: 'smoke' | 'draft' | 'standard';
}

export interface RedeliverEventRequest {
  /** To this endpoint, whatever it subscribed to. Otherwise to every enabled one that subscribed to the type. */
  endpoint_id?: string;
}

export interface RedeliverEventResponse {
  object: 'list';
  data: Delivery[];
  has_more: false;
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

export interface SetLimitsRequest {
  /** No job is accepted that could take the month above this; null for no cap. */
  monthly_cap: number | null;
}

export type SubscribableEventType =
  | 'job.succeeded'
  | 'job.failed'
  | 'job.rejected'
  | 'job.canceled'
  | 'job.expired'
  | 'head.deleted'
  | 'usage.threshold'
  | 'endpoint.disabled'
  | 'job.running';

export interface UpdateHeadRequest {
  /** Your own name for the head; null removes it. */
  name?: string | null;
  /** Keys to set; null removes one, and those that are not named stay (RFC 7396). */
  metadata?: Record<string, string | null>;
}

export interface UpdateKeyRequest {
  /** For people, who tell keys apart by it. */
  name?: string;
  scopes?: Scope[];
  /** From then on the key is refused; null is never. */
  expires_at?: string | null;
  /** The most that jobs of this key may cost in a calendar month (UTC), in the minor unit of the currency; null is no cap of its own. */
  monthly_spend_cap?: number | null;
  /** Addresses and ranges (`192.0.2.0/24`, `2001:db8::/32`) from which alone the key is accepted; null is from anywhere. Client tokens of the key are not bound by it. */
  allowed_ips?: string[] | null;
}

export interface UpdateWebhookEndpointRequest {
  /** Where events are posted to. https only, a public host, no user name, password or fragment. */
  url?: string;
  description?: string | null;
  event_types?: SubscribableEventType[];
  /** `enabled` also forgives past failures. A disabled endpoint misses the events of that time. */
  status?: 'enabled' | 'disabled';
}

export interface Usage {
  object: 'usage';
  /** A calendar month in UTC: `2026-11`. */
  month: string;
  /** ISO 4217 code in lower case. */
  currency: 'usd';
  /** Jobs that succeeded. */
  jobs: number;
  /** What they cost. */
  amount: number;
  group_by: 'day' | 'kind' | 'key' | 'end_user';
  data: {
    /** A day, kind, key id or end user; null for jobs without one. */
    group: string | null;
    jobs: number;
    /** Integer in the minor unit of the currency: 250 is $2.50. */
    amount: number;
  }[];
}

export interface UsageThresholdData {
  /** The part of the cap that is committed: 80 or 100. */
  percent: number;
  /** A calendar month in UTC: `2026-11`. */
  month: string;
  /** What the jobs of that month cost, or will if they succeed. */
  committed: number;
  /** The account’s own cap. */
  cap: number | null;
  /** ISO 4217 code in lower case. */
  currency: 'usd';
  urls: {
    limits: string;
  };
}

export interface WebhookEndpoint {
  id: string;
  object: 'webhook_endpoint';
  url: string;
  description: string | null;
  event_types: SubscribableEventType[];
  status: 'enabled' | 'disabled';
  /** `gone`: it answered 410. `failing`: every attempt of five days failed. `asked`: its owner disabled it. */
  disabled_reason: 'gone' | 'failing' | 'asked' | null;
  /** The first failed attempt since the last one that succeeded. */
  failing_since: string | null;
  /** Until then requests are signed with the secret before the rotation, too. */
  previous_secret_expires_at: string | null;
  created_at: string;
  urls: {
    self: string;
    deliveries: string;
  };
}

export interface WebhookEndpointList {
  object: 'list';
  data: WebhookEndpoint[];
  has_more: boolean;
}

export interface WebhookEndpointWithSecret {
  id: string;
  object: 'webhook_endpoint';
  url: string;
  description: string | null;
  event_types: SubscribableEventType[];
  status: 'enabled' | 'disabled';
  /** `gone`: it answered 410. `failing`: every attempt of five days failed. `asked`: its owner disabled it. */
  disabled_reason: 'gone' | 'failing' | 'asked' | null;
  /** The first failed attempt since the last one that succeeded. */
  failing_since: string | null;
  /** Until then requests are signed with the secret before the rotation, too. */
  previous_secret_expires_at: string | null;
  created_at: string;
  urls: {
    self: string;
    deliveries: string;
  };
  /** `whsec_` and the signing key in base64, of Standard Webhooks. Shown this once. */
  secret: string;
}

export type WebhookPayload =
  | {
      type: 'job.queued';
      /** When it happened; `webhook-timestamp` is when this was sent. */
      timestamp: string;
      data: JobEventData;
    }
  | {
      type: 'job.running';
      /** When it happened; `webhook-timestamp` is when this was sent. */
      timestamp: string;
      data: JobEventData;
    }
  | {
      type: 'job.canceling';
      /** When it happened; `webhook-timestamp` is when this was sent. */
      timestamp: string;
      data: JobEventData;
    }
  | {
      type: 'job.succeeded';
      /** When it happened; `webhook-timestamp` is when this was sent. */
      timestamp: string;
      data: JobEventData;
    }
  | {
      type: 'job.failed';
      /** When it happened; `webhook-timestamp` is when this was sent. */
      timestamp: string;
      data: JobEventData;
    }
  | {
      type: 'job.rejected';
      /** When it happened; `webhook-timestamp` is when this was sent. */
      timestamp: string;
      data: JobEventData;
    }
  | {
      type: 'job.canceled';
      /** When it happened; `webhook-timestamp` is when this was sent. */
      timestamp: string;
      data: JobEventData;
    }
  | {
      type: 'job.expired';
      /** When it happened; `webhook-timestamp` is when this was sent. */
      timestamp: string;
      data: JobEventData;
    }
  | {
      type: 'head.deleted';
      /** When it happened; `webhook-timestamp` is when this was sent. */
      timestamp: string;
      data: HeadDeletedData;
    }
  | {
      type: 'usage.threshold';
      /** When it happened; `webhook-timestamp` is when this was sent. */
      timestamp: string;
      data: UsageThresholdData;
    }
  | {
      type: 'endpoint.disabled';
      /** When it happened; `webhook-timestamp` is when this was sent. */
      timestamp: string;
      data: EndpointDisabledData;
    }
  | {
      type: 'endpoint.test';
      /** When it happened; `webhook-timestamp` is when this was sent. */
      timestamp: string;
      data: EndpointTestData;
    };
