import { DurableObject } from 'cloudflare:workers';
import type { Bindings } from '../env.ts';
import type { RunnerPoolMethods } from '../ports/doorbell/interface.ts';

/** Waiting claims that one ready job wakes: more than one, since a runner may have hung up unnoticed. */
const WAKE_COUNT = 3;

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
    const interested = [...this.#waiters].filter((waiter) => waiter.pools.includes(pool));
    for (const waiter of interested.slice(0, WAKE_COUNT)) waiter.answer(true);
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
}
