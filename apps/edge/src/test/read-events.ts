import { JobEvent } from '@headwright/shared/api/jobs';
import type { Client } from './client.ts';

export interface Frame {
  name: string;
  id: string | null;
  event: JobEvent;
}

/** A client of a job's event stream that takes one frame at a time. */
export interface EventReader {
  response: Response;
  /** The next frame, null at the end of the stream. Pings are counted, not returned. */
  next(): Promise<Frame | null>;
  /** All frames up to the end. */
  rest(): Promise<Frame[]>;
  /** Waits for one more ping. */
  nextPing(): Promise<string>;
  close(): Promise<void>;
}

function parseFrame(block: string): Frame {
  const field = (name: string) =>
    block
      .split('\n')
      .find((line) => line.startsWith(`${name}: `))
      ?.slice(name.length + 2);
  return {
    name: field('event') ?? 'message',
    id: field('id') ?? null,
    event: JobEvent.parse(JSON.parse(field('data') ?? '')),
  };
}

/** Opens the stream of a job, resuming after an id if one is given. */
export async function openEvents(call: Client, jobId: string, lastEventId?: string): Promise<EventReader> {
  const headers = lastEventId === undefined ? {} : { 'Last-Event-ID': lastEventId };
  const response = await call('GET', `/v1/jobs/${jobId}/events`, { headers });
  if (response.body === null) throw new Error('openEvents: expected a body');
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let buffer = '';
  async function block(): Promise<string | null> {
    for (;;) {
      const end = buffer.indexOf('\n\n');
      if (end >= 0) {
        const found = buffer.slice(0, end);
        buffer = buffer.slice(end + 2);
        return found;
      }
      const { done, value } = await reader.read();
      if (done) return null;
      buffer += value;
    }
  }
  async function next(): Promise<Frame | null> {
    for (;;) {
      const found = await block();
      if (found === null) return null;
      if (!found.startsWith(':')) return parseFrame(found);
    }
  }
  return {
    response,
    next,
    async rest() {
      const frames: Frame[] = [];
      for (let frame = await next(); frame !== null; frame = await next()) frames.push(frame);
      return frames;
    },
    async nextPing() {
      for (let found = await block(); found !== ': ping'; found = await block()) {
        if (found === null) throw new Error('nextPing: the stream has ended');
      }
      return ': ping';
    },
    close: () => reader.cancel(),
  };
}
