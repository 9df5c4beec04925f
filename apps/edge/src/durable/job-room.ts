import { DurableObject } from 'cloudflare:workers';
import type { JobEvent, JobProgress } from '@headwright/shared/api/jobs';
import { buildDeps } from '../deps.ts';
import { type Bindings, parseConfig } from '../env.ts';
import type { Beat, JobChange, JobRoomMethods, StreamOpening, Verdict } from '../ports/doorbell/interface.ts';
import { wakeJob } from '../services/jobs/wake.ts';
import { EventStream } from './event-stream.ts';

/** How long an ended job's room keeps its history; after that the database alone tells it. */
const KEEP_ENDED_MS = 3_600_000;

interface Waiter {
  attempt: number;
  answer(verdict: Verdict): void;
}

/**
 * One job's room: fans its transitions and progress out to streams, answers waiting heartbeats at once on a
 * cancel, and wakes by alarm when the deadline or the time to cancel is over. It serves streams without the database; losing it loses
 * nothing, since every change and every new stream brings the whole history along.
 */
export class JobRoom extends DurableObject<Bindings> implements JobRoomMethods {
  #history: JobEvent[] = [];
  /** The newest of an attempt, which can be one that the history does not know yet. */
  #progress: { attempt: number; of: JobProgress } | null = null;
  readonly #streams = new Set<EventStream>();
  readonly #waiters = new Set<Waiter>();
  readonly #enders = new Set<() => void>();
  #pings: ReturnType<typeof setInterval> | null = null;

  constructor(ctx: DurableObjectState, env: Bindings) {
    super(ctx, env);
    void ctx.blockConcurrencyWhile(async () => {
      this.#history = (await ctx.storage.get<JobEvent[]>('history')) ?? [];
    });
  }

  async changed(change: JobChange): Promise<void> {
    // Nothing is awaited in between, so the storage writes both at once.
    const learned = this.#learn(change.history);
    if (change.wakesAtMs !== null) await this.ctx.storage.setAlarm(change.wakesAtMs);
    await learned;
  }

  async beat(beat: Beat): Promise<Verdict> {
    const verdict = this.#verdict(beat.attempt);
    if (verdict !== 'continue') return verdict;
    if (beat.progress !== null) this.#report({ attempt: beat.attempt, of: beat.progress });
    if (beat.waitMs <= 0) return verdict;
    return new Promise((resolve) => {
      const waiter: Waiter = {
        attempt: beat.attempt,
        answer: (answered) => {
          clearTimeout(timeout);
          this.#waiters.delete(waiter);
          resolve(answered);
        },
      };
      const timeout = setTimeout(() => waiter.answer('continue'), beat.waitMs);
      this.#waiters.add(waiter);
    });
  }

  async waitForEnd(history: JobEvent[], waitMs: number): Promise<void> {
    await this.#learn(history);
    if (this.#history.at(-1)?.job.terminal) return;
    await new Promise<void>((resolve) => {
      const end = () => {
        clearTimeout(timeout);
        this.#enders.delete(end);
        resolve();
      };
      const timeout = setTimeout(end, waitMs);
      this.#enders.add(end);
    });
  }

  override async fetch(request: Request): Promise<Response> {
    const opening = await request.json<StreamOpening>();
    await this.#learn(opening.history);
    const { snapshot, after } = opening;
    const stream = new EventStream(after ?? snapshot.sequence, () => this.#forget(stream));
    this.#streams.add(stream);
    this.#pings ??= setInterval(() => this.#ping(), parseConfig(this.env).eventPingMs);
    // A client that resumes must not take the snapshot for the transitions that it missed: no id then.
    stream.send('snapshot', this.#withProgress(snapshot), after === null ? snapshot.sequence : null);
    this.#tell(stream);
    return new Response(stream.readable);
  }

  override async alarm(): Promise<void> {
    const last = this.#history.at(-1);
    if (last === undefined) return;
    if (last.job.terminal) {
      await this.ctx.storage.deleteAll();
      this.#history = [];
      return;
    }
    const nextMs = await wakeJob(buildDeps(this.env), last.job.id);
    if (nextMs !== null) await this.ctx.storage.setAlarm(nextMs);
  }

  /** Takes a history in if it is longer than the one at hand, and tells everybody what is new. */
  async #learn(history: JobEvent[]): Promise<void> {
    const last = history.at(-1);
    if (last === undefined || last.sequence <= (this.#history.at(-1)?.sequence ?? 0)) return;
    this.#history = history;
    for (const stream of this.#streams) this.#tell(stream);
    for (const waiter of this.#waiters) {
      const verdict = this.#verdict(waiter.attempt);
      if (verdict !== 'continue') waiter.answer(verdict);
    }
    if (last.job.terminal) for (const end of this.#enders) end();
    const stored = this.ctx.storage.put('history', history);
    if (last.job.terminal) await this.ctx.storage.setAlarm(Date.now() + KEEP_ENDED_MS);
    await stored;
  }

  /** Sends a stream every transition that it does not know, and ends it after the last one. */
  #tell(stream: EventStream): void {
    for (const event of this.#history) {
      if (event.sequence <= stream.sequence) continue;
      stream.sequence = event.sequence;
      stream.send('job', event, event.sequence);
    }
    if (this.#history.at(-1)?.job.terminal) stream.end();
  }

  #report(progress: { attempt: number; of: JobProgress }): void {
    this.#progress = progress;
    const last = this.#history.at(-1);
    if (last === undefined) return;
    for (const stream of this.#streams) stream.send('progress', this.#withProgress(last), null);
  }

  /** The database stores progress only now and then; the room knows the newest. */
  #withProgress(event: JobEvent): JobEvent {
    const { attempt, status } = event.job;
    const isNewest = event.sequence === this.#history.at(-1)?.sequence;
    if (this.#progress?.attempt !== attempt || !isNewest || status !== 'running') return event;
    const { of: progress } = this.#progress;
    return { ...event, job: { ...event.job, progress, eta_s: progress.eta_s } };
  }

  #verdict(attempt: number): Verdict {
    const job = this.#history.at(-1)?.job;
    if (job === undefined || job.attempt < attempt) return 'continue';
    if (job.attempt > attempt) return 'stale';
    if (job.status === 'canceling') return 'cancel';
    return job.status === 'running' ? 'continue' : 'stale';
  }

  #ping(): void {
    for (const stream of this.#streams) stream.ping();
  }

  #forget(stream: EventStream): void {
    this.#streams.delete(stream);
    if (this.#streams.size > 0 || this.#pings === null) return;
    clearInterval(this.#pings);
    this.#pings = null;
  }
}
