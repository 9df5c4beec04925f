/**
 * Runs something that listens to a signal, which is aborted when the time is over. Unlike `AbortSignal.timeout` it leaves
 * no timer behind, which would keep a Durable Object awake.
 */
export async function within<T>(timeoutMs: number, run: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), timeoutMs);
  try {
    return await run(controller.signal);
  } finally {
    clearTimeout(timer);
  }
}
