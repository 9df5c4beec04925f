/** A POST to an address that a stranger chose. */
export interface OutboundPost {
  url: string;
  headers: Record<string, string>;
  body: string;
  timeoutMs: number;
}

/** What came back. Everything but an answer is a failure of the other side. */
export type OutboundResult =
  | {
      kind: 'answered';
      status: number;
      /** Of a redirect, which is not followed. */
      location: string | null;
      retryAfter: string | null;
      /** The beginning of the body unless the status says success. */
      excerpt: string;
    }
  | { kind: 'timed_out' }
  | { kind: 'failed'; detail: string };

/** Sends requests to customers' servers. Never throws, follows no redirect, and reads little of an answer. */
export type Outbound = (post: OutboundPost) => Promise<OutboundResult>;
