import type { Deprecation } from './api-version.ts';

/** One version of what makes heads. It never changes: a better one is a version more. */
export interface ModelVersion {
  /** `head-1.0`. */
  readonly id: string;
  /** What a customer may say instead: `head-1`, its newest version that is in use. */
  readonly alias: string;
  readonly releasedAt: Date;
  /** Its announced end, after which it is refused, and the version to take instead; null while none is planned. */
  readonly ending: Deprecation | null;
}

/** The version that made every head from before models had versions; runners that name none have it. */
export const FIRST_MODEL = 'head-1.0';

/** What is taken where a request names none. */
export const DEFAULT_MODEL = 'head-1';

/** Every version there has been, oldest first. */
export const MODEL_VERSIONS: readonly ModelVersion[] = [
  { id: FIRST_MODEL, alias: 'head-1', releasedAt: new Date('2026-11-01T00:00:00Z'), ending: null },
];

/** `active`: the newest; `legacy`: there is a newer one; `deprecated`: its end is announced; `retired`: it is refused. */
export const MODEL_STATES = ['active', 'legacy', 'deprecated', 'retired'] as const;
export type ModelState = (typeof MODEL_STATES)[number];

/** How a version stands at a moment among the versions there are. */
export function modelState(
  { alias, releasedAt, ending }: ModelVersion,
  versions: readonly ModelVersion[],
  atMs: number,
): ModelState {
  if (ending !== null && atMs >= ending.sunset.getTime()) return 'retired';
  if (ending !== null && atMs >= ending.since.getTime()) return 'deprecated';
  const hasNewer = versions.some((other) => other.alias === alias && other.releasedAt > releasedAt);
  return hasNewer ? 'legacy' : 'active';
}
