import type { JobEvent } from '@headwright/shared/api/jobs';

/** Names of the frames of a job's event stream. */
export type FrameName = 'snapshot' | 'job' | 'progress';

const encoder = new TextEncoder();

/**
 * One listener of a job: a `text/event-stream` that skips progress while the listener is slow and never skips
 * a transition.
 *
 * References: WHATWG HTML, 9.2 Server-sent events.
 */
export class EventStream {
  readonly readable: ReadableStream;
  /** Sequence number of the newest transition that this listener knows. */
  sequence: number;
  readonly #writer: WritableStreamDefaultWriter;
  #unread = 0;

  /** `onClosed` is called once, when the listener has gone or the stream was ended. */
  constructor(sequence: number, onClosed: () => void) {
    const pipe = new IdentityTransformStream();
    this.readable = pipe.readable;
    this.#writer = pipe.writable.getWriter();
    this.sequence = sequence;
    this.#writer.closed.then(onClosed, onClosed);
  }

  /** Sends one frame; with an id, a client that comes back asks for what follows it. */
  send(name: FrameName, event: JobEvent, id: number | null): void {
    if (name === 'progress' && this.#unread > 0) return;
    const head = id === null ? '' : `id: ${id}\n`;
    this.#write(`${head}event: ${name}\ndata: ${JSON.stringify(event)}\n\n`);
  }

  /** A comment that tells proxies and clients that the stream lives. */
  ping(): void {
    if (this.#unread === 0) this.#write(': ping\n\n');
  }

  end(): void {
    this.#writer.close().catch(() => undefined);
  }

  #write(text: string): void {
    this.#unread += 1;
    this.#writer.write(encoder.encode(text)).then(
      () => {
        this.#unread -= 1;
      },
      // The listener has gone; `closed` rejects too and tells the room.
      () => undefined,
    );
  }
}
