import { DurableObject } from 'cloudflare:workers';
import type { Bindings } from '../env.ts';
import type { RunnerPoolMethods } from '../ports/doorbell/interface.ts';

/** If the woken runner did not take the job within this time, because it has died, others are woken. */
const SECOND_WAKE_MS = 500;
const SECOND_WAKE_COUNT = 2;

interface Waiter {
  pools: string[];
  answer(ready: boolean): void;
}

/** Where idle runners wait for a job to become ready. It knows no job: a woken runner asks the database. */
export class RunnerPool extends DurableObject<Bindings> implements RunnerPoolMethods {
  // Starts at the time, so that a restarted object differs from what callers remember and they look again.
  #version = Date.now();
  readonly #waiters = new Set<Waiter>();

  async ready(pool: string): Promise<void> {
    this.#version += 1;
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
