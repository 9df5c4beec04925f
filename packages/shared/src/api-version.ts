/** Dated versions of the API, oldest first. A version is added only when an old client would break. */
export const API_VERSIONS = ['2026-12-01'] as const;
export type ApiVersion = (typeof API_VERSIONS)[number];

/** What a key is pinned to at its first use. */
export const CURRENT_API_VERSION: ApiVersion = '2026-12-01';

/** What stops working some day, announced well before. */
export interface Deprecation {
  /** When it was announced. */
  since: Date;
  /** From then on it may be gone. */
  sunset: Date;
  /** Where its successor is described. */
  successor: string;
}

/** Between announcing an end and the end lie at least so many days. */
export const NOTICE_DAYS = 180;

/** Announces the end of a version or a route; refuses one that leaves too little time. */
export function deprecation(since: string, sunset: string, successor: string): Deprecation {
  const ends = { since: new Date(since), sunset: new Date(sunset), successor };
  const days = (ends.sunset.getTime() - ends.since.getTime()) / 86_400_000;
  if (!(days >= NOTICE_DAYS)) {
    throw new Error(`deprecation: expected ${NOTICE_DAYS} days between ${since} and ${sunset}, got ${days}`);
  }
  return ends;
}

/** Versions whose end is announced. */
export const DEPRECATED_VERSIONS: ReadonlyMap<string, Deprecation> = new Map();
