import { Worker } from 'node:worker_threads';

/**
 * Ends this process when its parent disappears, whatever the main thread is doing.
 *
 * A 'disconnect' event needs a free event loop, and a step of the engine can hold it for seconds.
 * So a thread of its own looks at the parent's process id, which changes when the parent dies.
 */
export function watchParent(): void {
  const worker = new Worker(new URL('./watch-parent-thread.ts', import.meta.url), {
    workerData: process.ppid,
  });
  worker.unref();
}
