/** Dated versions of the API, oldest first. A version is added only when an old client would break. */
export const API_VERSIONS = ['2026-12-01'] as const;

/** What a key is pinned to at its first use. */
export const CURRENT_API_VERSION: (typeof API_VERSIONS)[number] = '2026-12-01';
