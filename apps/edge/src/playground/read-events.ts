/** One frame of a `text/event-stream`. */
export interface StreamEvent {
  event: string;
  id: string | null;
  data: string;
}

/**
 * The frames of a server-sent event stream that was opened with `fetch`. `EventSource` cannot send
 * an Authorization header, hence this reader.
 *
 * References: HTML Standard §9.2.6, interpretation of an event stream.
 */
export async function* readEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<StreamEvent> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let buffered = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      buffered += decoder.decode(value, { stream: true });
      // A lone CR at the end may be half of a CR LF that has not arrived yet.
      const complete = buffered.endsWith('\r') ? buffered.slice(0, -1) : buffered;
      const frames = complete.split(/\r\n\r\n|\n\n|\r\r/);
      const rest = frames.pop() ?? '';
      buffered = rest + buffered.slice(complete.length);
      for (const frame of frames) {
        const parsed = parseFrame(frame);
        if (parsed) yield parsed;
      }
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

function parseFrame(frame: string): StreamEvent | null {
  const data: string[] = [];
  let event = 'message';
  let id: string | null = null;
  for (const line of frame.split(/\r\n|\n|\r/)) {
    const colon = line.indexOf(':');
    const name = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (name === 'data') data.push(value);
    else if (name === 'event') event = value;
    else if (name === 'id') id = value;
  }
  return data.length > 0 ? { event, id, data: data.join('\n') } : null;
}
