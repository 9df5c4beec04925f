import type { Clock } from '../../ports/clock.ts';

/** Long enough for any answer; a request that was cut off must not block its key for ever. */
const FORGET_MS = 10_000;

/** The keys whose first request is being answered in this isolate. */
export interface InFlight {
  /** Enters a key; null if somebody is in, else what to call at the end. */
  enter(scope: string): (() => void) | null;
}

/** A hint only: between isolates the database decides, which knows each key once. */
export function createInFlight(clock: Clock): InFlight {
  const untilMs = new Map<string, number>();
  return {
    enter(scope) {
      if ((untilMs.get(scope) ?? 0) > clock()) return null;
      untilMs.set(scope, clock() + FORGET_MS);
      return () => {
        untilMs.delete(scope);
      };
    },
  };
}
