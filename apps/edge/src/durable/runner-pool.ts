import { DurableObject } from 'cloudflare:workers';
import { buildDeps } from '../deps.ts';
import type { Bindings } from '../env.ts';
import type { RunnerPoolMethods } from '../ports/doorbell/interface.ts';
import { expireLeases } from '../services/jobs/expire-leases.ts';

/** If the woken runner did not take the job within this time, because it has died, others are woken. */
const SECOND_WAKE_MS = 500;
const SECOND_WAKE_COUNT = 2;

interface Waiter {
  pools: string[];
  answer(ready: boolean): void;
}

/** Between two looks at the leases, though one could not be ended. */
const LOOK_STEP_MS = 1000;

/**
 * Where idle runners wait for a job to become ready, and whose alarm ends the leases of those that have gone silent. It
 * knows no job: a woken runner asks the database, as does the alarm.
 */
export class RunnerPool extends DurableObject<Bindings> implements RunnerPoolMethods {
  // Starts at the time, so that a restarted object differs from what callers remember and they look again.
  #version = Date.now();
  readonly #waiters = new Set<Waiter>();

  async leaseGiven(endsAtMs: number): Promise<number> {
    const alarmMs = await this.ctx.storage.getAlarm();
    if (alarmMs !== null && alarmMs <= endsAtMs) return alarmMs;
    await this.ctx.storage.setAlarm(endsAtMs);
    return endsAtMs;
  }

  override async alarm(): Promise<void> {
    const nextMs = await expireLeases(buildDeps(this.env));
    if (nextMs !== null) await this.leaseGiven(Math.max(nextMs, Date.now() + LOOK_STEP_MS));
  }

  async ready(pool: string): Promise<void> {
    this.#version += 1;
    if (this.#waiters.size === 0) return;
    this.#wake(pool, 1);
    setTimeout(() => this.#wake(pool, SECOND_WAKE_COUNT), SECOND_WAKE_MS);
  }

  async version(): Promise<number> {
    return this.#version;
  }

  async wait(pools: string[], version: number, waitMs: number): Promise<boolean> {
    if (version !== this.#version) return true;
    return new Promise((resolve) => {
      const waiter: Waiter = {
        pools,
        answer: (ready) => {
          clearTimeout(timeout);
          this.#waiters.delete(waiter);
          resolve(ready);
        },
      };
      const timeout = setTimeout(() => waiter.answer(false), waitMs);
      this.#waiters.add(waiter);
    });
  }

  /**
   * Answers the newest waiters: a runner that has just asked is alive, whereas the connection of one that was
   * killed may look open until its wait is over.
   */
  #wake(pool: string, count: number): void {
    const interested = [...this.#waiters].filter((waiter) => waiter.pools.includes(pool)).toReversed();
    for (const waiter of interested.slice(0, count)) waiter.answer(true);
  }
}
