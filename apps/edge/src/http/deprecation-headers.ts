import type { Deprecation } from '@headwright/shared/api-version';

/** What the headers below say, for the document. */
export const DEPRECATION_HEADERS = {
  Deprecation: 'Only on what is deprecated: since when, `@` and seconds since 1970.',
  Sunset: 'Only on what is deprecated: from then on it may be gone.',
  Link: 'Only on what is deprecated: `rel="successor-version"` leads to what comes after it.',
};

/**
 * How an answer says that what was asked for will end.
 *
 * References: RFC 9745 (Deprecation), RFC 8594 (Sunset), RFC 5829 (successor-version).
 */
export function deprecationHeaders({ since, sunset, successor }: Deprecation): Record<string, string> {
  return {
    Deprecation: `@${Math.floor(since.getTime() / 1000)}`,
    Sunset: sunset.toUTCString(),
    Link: `<${successor}>; rel="successor-version"`,
  };
}
