import type { JobStatus } from '@headwright/shared/job-state';

/** Limits of the account and of attempts. */
interface MachineLimits {
  runningLimit: number;
  waitingLimit: number;
  leaseMs: number;
  attemptMs: number;
  failuresMax: number;
}

/** A job as the documents describe it (docs/job-lifecycle.md), without a database. */
export interface ModelJob {
  status: JobStatus;
  attempt: number;
  failures: number;
  /** Number of the attempt whose token is known; null before the first, and once an attempt was taken back. */
  token: number | null;
  /** When it got a running slot; null while it waits for one. */
  promotedAtMs: number | null;
  leaseEndsAtMs: number | null;
  attemptEndsAtMs: number;
  deadlineAtMs: number;
  /** When the lease was last extended in this attempt. */
  beatAtMs: number | null;
  /** Transitions so far, the first one included. */
  sequence: number;
}

/** A runner's right to a job: worth something while that attempt holds it. */
export interface ModelAttempt {
  job: number;
  attempt: number;
}

export type FailCode = 'engine_failed' | 'canceled' | 'shutdown' | 'invalid_job' | 'rejected';

const TERMINAL: readonly JobStatus[] = ['succeeded', 'failed', 'rejected', 'canceled', 'expired'];
const BEAT_EVERY_MS = 1000;
const CANCEL_GRACE_MS = 4000;
const FREE_SHUTDOWNS = 10;

export const hasEnded = ({ status }: ModelJob): boolean => TERMINAL.includes(status);

/** The job machine of one account in plain variables: what the database must do, whatever happens in which order. */
export class ReferenceMachine {
  readonly jobs: ModelJob[] = [];
  nowMs: number;
  readonly #limits: MachineLimits;

  constructor(limits: MachineLimits, nowMs: number) {
    this.#limits = limits;
    this.nowMs = nowMs;
  }

  /** Accepts a job, or refuses it for want of room. */
  create(deadlineMs: number): 'accepted' | 'refused' {
    const open = this.jobs.filter((job) => !hasEnded(job));
    if (open.length >= this.#limits.runningLimit + this.#limits.waitingLimit) return 'refused';
    this.jobs.push({
      status: 'queued',
      attempt: 0,
      failures: 0,
      token: null,
      promotedAtMs: this.#hasSlot() ? this.nowMs : null,
      leaseEndsAtMs: null,
      attemptEndsAtMs: 0,
      deadlineAtMs: this.nowMs + deadlineMs,
      beatAtMs: null,
      sequence: 1,
    });
    return 'accepted';
  }

  /** The job that has been ready for the longest time, now begun; null when none is ready. */
  claim(): ModelAttempt | null {
    const ready = this.jobs
      .map((job, index) => ({ job, index }))
      .filter(({ job }) => job.status === 'queued' && job.promotedAtMs !== null)
      .toSorted((a, b) => (a.job.promotedAtMs ?? 0) - (b.job.promotedAtMs ?? 0) || a.index - b.index);
    const first = ready[0];
    if (first === undefined) return null;
    const { job, index } = first;
    this.#change(job, 'running');
    job.attempt += 1;
    job.token = job.attempt;
    job.attemptEndsAtMs = this.nowMs + this.#limits.attemptMs;
    job.leaseEndsAtMs = this.nowMs + Math.min(this.#limits.leaseMs, this.#limits.attemptMs);
    return { job: index, attempt: job.attempt };
  }

  /** What a heartbeat is told. */
  beat(attempt: ModelAttempt): 'continue' | 'cancel' | 'stale' {
    const job = this.#held(attempt);
    if (job === null) return 'stale';
    if (job.beatAtMs === null || job.beatAtMs <= this.nowMs - BEAT_EVERY_MS) {
      job.beatAtMs = this.nowMs;
      if (job.status === 'running') {
        job.leaseEndsAtMs = Math.min(this.nowMs + this.#limits.leaseMs, job.attemptEndsAtMs);
      }
    }
    return job.status === 'canceling' ? 'cancel' : 'continue';
  }

  /** What the runner's report of a finished head is told. */
  complete(attempt: ModelAttempt): JobStatus | 'stale' {
    const job = this.#last(attempt);
    if (job === null) return 'stale';
    if (job.status === 'succeeded') return 'succeeded';
    if (job.status === 'running') return this.#end(job, 'succeeded');
    if (job.status === 'canceling') this.#end(job, 'canceled');
    return 'stale';
  }

  /** What the runner's report of an attempt without a head is told. */
  fail(attempt: ModelAttempt, code: FailCode, retryable: boolean): JobStatus | 'stale' {
    const job = this.#last(attempt);
    if (job === null || job.status === 'succeeded') return 'stale';
    if (hasEnded(job)) return job.status;
    if (code === 'rejected') return this.#endAttempt(job, false, 'rejected');
    if (code === 'shutdown' || code === 'canceled') {
      return this.#endAttempt(job, job.attempt > FREE_SHUTDOWNS, null);
    }
    return this.#endAttempt(job, true, code === 'invalid_job' || !retryable ? 'failed' : null);
  }

  /** A customer's cancel; the status that the job then has. */
  cancel(index: number): JobStatus {
    const job = this.#at(index);
    if (job.status === 'queued') this.#end(job, 'canceled');
    else if (job.status === 'running') {
      this.#change(job, 'canceling');
      job.leaseEndsAtMs = Math.min(job.leaseEndsAtMs ?? 0, this.nowMs + CANCEL_GRACE_MS);
    }
    return job.status;
  }

  /** What a minute's sweep ends: leases first, the earliest first, then deadlines. */
  sweep(): void {
    const over = this.jobs.filter(
      ({ leaseEndsAtMs }) => leaseEndsAtMs !== null && leaseEndsAtMs <= this.nowMs,
    );
    for (const job of over.toSorted((a, b) => (a.leaseEndsAtMs ?? 0) - (b.leaseEndsAtMs ?? 0))) {
      this.#endAttempt(job, true, null);
    }
    const late = this.jobs.filter((job) => job.status === 'queued' && job.deadlineAtMs <= this.nowMs);
    for (const job of late.toSorted((a, b) => a.deadlineAtMs - b.deadlineAtMs)) this.#end(job, 'expired');
  }

  #endAttempt(job: ModelJob, counts: boolean, final: JobStatus | null): JobStatus {
    if (job.status === 'canceling') return this.#end(job, 'canceled');
    job.failures += counts ? 1 : 0;
    if (final !== null) return this.#end(job, final);
    if (job.failures >= this.#limits.failuresMax) return this.#end(job, 'failed');
    this.#change(job, 'queued');
    job.token = null;
    job.leaseEndsAtMs = null;
    job.beatAtMs = null;
    return 'queued';
  }

  #end(job: ModelJob, status: JobStatus): JobStatus {
    this.#change(job, status);
    job.leaseEndsAtMs = null;
    const next = this.jobs.find((other) => !hasEnded(other) && other.promotedAtMs === null);
    if (next !== undefined && this.#hasSlot()) next.promotedAtMs = this.nowMs;
    return status;
  }

  #change(job: ModelJob, status: JobStatus): void {
    job.status = status;
    job.sequence += 1;
  }

  #hasSlot(): boolean {
    const promoted = this.jobs.filter((job) => !hasEnded(job) && job.promotedAtMs !== null);
    return promoted.length < this.#limits.runningLimit;
  }

  /** The job if this attempt still holds it. */
  #held(attempt: ModelAttempt): ModelJob | null {
    const job = this.#last(attempt);
    return job?.status === 'running' || job?.status === 'canceling' ? job : null;
  }

  /** The job if it knows this attempt's token. */
  #last({ job: index, attempt }: ModelAttempt): ModelJob | null {
    const job = this.#at(index);
    return job.token === attempt ? job : null;
  }

  #at(index: number): ModelJob {
    const job = this.jobs[index];
    if (job === undefined) throw new Error(`ReferenceMachine: there is no job ${index}`);
    return job;
  }
}
