import { within } from '../within.ts';
import type { Outbound, OutboundResult } from './interface.ts';

const EXCERPT_BYTES = 2000;
const EXCERPT_LENGTH = 500;

/** Requests by the platform's `fetch`; the time limit holds for the whole answer, its body included. */
export const sendByFetch: Outbound = ({ url, headers, body, timeoutMs }) =>
  within(timeoutMs, async (signal): Promise<OutboundResult> => {
    try {
      const response = await fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal });
      let excerpt = '';
      if (response.ok) await response.body?.cancel();
      else excerpt = await readStart(response.body, signal);
      return {
        kind: 'answered',
        status: response.status,
        location: response.headers.get('Location'),
        retryAfter: response.headers.get('Retry-After'),
        excerpt,
      };
    } catch (error) {
      if (signal.aborted) return { kind: 'timed_out' };
      return { kind: 'failed', detail: error instanceof Error ? error.message : String(error) };
    }
  });

/** The first bytes of a body as text. A body that does not come in time is no reason to forget the status. */
async function readStart(body: ReadableStream<Uint8Array> | null, signal: AbortSignal): Promise<string> {
  if (body === null) return '';
  const reader = body.getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  const stop = (): void => void reader.cancel().catch(() => undefined);
  signal.addEventListener('abort', stop, { once: true });
  try {
    while (length < EXCERPT_BYTES) {
      const { done, value } = await reader.read();
      if (done) break;
      chunks.push(value);
      length += value.byteLength;
    }
    stop();
  } catch {
    // The connection broke or the time is over: what has come is enough.
  }
  const text = new TextDecoder().decode(await new Blob(chunks).arrayBuffer());
  return text.replaceAll(/\p{Cc}+/gu, ' ').slice(0, EXCERPT_LENGTH);
}
