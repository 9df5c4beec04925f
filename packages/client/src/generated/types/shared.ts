// Written by `npm run generate` from the contracts of the routes; edit those.
export interface Job {
  id: string;
  object: 'job';
  kind: 'head' | 'geometry_edit' | 'texture_edit' | 'restyle_edit' | 'export';
  head_id: string;
  /** The version of the model, as it was resolved. */
  model: string;
  /** Of what is made; of an export, that of its revision. */
  seed: number;
  status: JobStatus;
  /** True when the status will never change again; a new status cannot break an old client. */
  terminal: boolean;
  attempt: number;
  /** How many of the account’s jobs go first; null unless queued. */
  queue_position: number | null;
  /** Seconds until the job is likely to end: while it waits, from how long such jobs took and what goes first; then, from its runner. Null while nobody can say, and after the end. */
  eta_s: number | null;
  progress: JobProgress | null;
  error: JobError | null;
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

export interface JobError {
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
  /** What is no success costs nothing. */
  charged: false;
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

export type RenditionName = 'mobile.glb' | 'full.glb' | 'ios.usdz' | 'android_ar.glb';
