import type { JobEvent, JobProgress } from '@headwright/shared/api/jobs';

/** A job's whole history after a transition. It is short, so each ring carries all of it and repairs a lost one. */
export interface JobChange {
  history: JobEvent[];
  /** When to look whether the job's deadline or the time to cancel it is over; null when neither runs. */
  wakesAtMs: number | null;
}

/** What a runner's heartbeat brings to its job's room. */
export interface Beat {
  attempt: number;
  progress: JobProgress | null;
  waitMs: number;
}

export type Verdict = 'continue' | 'cancel' | 'stale';

/** How an event stream begins: everything it will ever need from the database. */
export interface StreamOpening {
  snapshot: JobEvent;
  history: JobEvent[];
  /** The client's Last-Event-ID; null without one. */
  after: number | null;
}

/** Methods of the Durable Object that stands for one job. */
export interface JobRoomMethods {
  changed(change: JobChange): Promise<void>;
  beat(beat: Beat): Promise<Verdict>;
  waitForEnd(history: JobEvent[], waitMs: number): Promise<void>;
}

/** Methods of the Durable Object where idle runners wait, and which ends the leases of silent ones. */
export interface RunnerPoolMethods {
  leaseGiven(endsAtMs: number): Promise<number>;
  ready(pool: string): Promise<void>;
  version(): Promise<number>;
  wait(pools: string[], version: number, waitMs: number): Promise<boolean>;
}

/** Methods of the Durable Object that sends to one webhook endpoint. */
export interface WebhookSenderMethods {
  due(endpointId: string): Promise<void>;
}

/**
 * Wakes whoever waits, after the database has been written. Rings are hints: a lost one delays, and a sweep
 * repeats it; no truth lives behind this port.
 */
export interface Doorbell {
  /** Tells a job's room about its transitions so far. Never throws. */
  jobChanged(jobId: string, change: JobChange): Promise<void>;
  /** Fans progress out, then holds on up to `waitMs` unless the attempt is canceled or over. Never throws. */
  jobBeat(jobId: string, beat: Beat): Promise<Verdict>;
  /** Resolves when the job has ended, or after `waitMs`. Never throws. */
  jobEnded(jobId: string, history: JobEvent[], waitMs: number): Promise<void>;
  /** The bytes of a `text/event-stream`. */
  openStream(jobId: string, opening: StreamOpening): Promise<ReadableStream>;
  /** A runner has a job until this time, unless it reports: leases will be looked at then, or before. Never throws. */
  leaseGiven(endsAtMs: number): Promise<void>;
  /** A job of this pool may be claimed now. Never throws. */
  poolReady(pool: string): Promise<void>;
  /** A number that changes with every `poolReady`. */
  poolVersion(): Promise<number>;
  /** Resolves with true as soon as one of the pools is ready or the version has moved on, false after `waitMs`. */
  waitForPool(pools: string[], version: number, waitMs: number): Promise<boolean>;
  /** This endpoint has an event to be told of now. Never throws. */
  deliveryDue(endpointId: string): Promise<void>;
}
