import type { Clock } from '../../ports/clock.ts';

/** For this long a verified key is believed without the database, and a revoked one still works. */
export const KEY_MEMORY_MS = 5000;

const MAX_KEYS = 1000;

/** Verified keys of one kind. They are in this memory only, which ends with the isolate. */
export interface KeyMemory<A> {
  /** The actor behind a key; asks `look` unless it did so a moment ago and found one, and that is good enough. */
  recall(key: string, look: () => Promise<A | null>, isMemoryEnough?: boolean): Promise<A | null>;
  /** Believes nothing any more: after a change, so that this isolate at least sees it at once. */
  forgetAll(): void;
}

/** Remembers good keys only: a new key works at once, and guesses fill no memory. */
export function createKeyMemory<A>(clock: Clock): KeyMemory<A> {
  const known = new Map<string, { actor: A; untilMs: number }>();
  return {
    async recall(key, look, isMemoryEnough = true) {
      const remembered = known.get(key);
      if (isMemoryEnough && remembered !== undefined && remembered.untilMs > clock()) return remembered.actor;
      const actor = await look();
      known.delete(key);
      if (actor === null) return null;
      // A map keeps its order, so the first key is the one that was looked up longest ago.
      const [oldest] = known.keys();
      if (known.size >= MAX_KEYS && oldest !== undefined) known.delete(oldest);
      known.set(key, { actor, untilMs: clock() + KEY_MEMORY_MS });
      return actor;
    },
    forgetAll: () => known.clear(),
  };
}
