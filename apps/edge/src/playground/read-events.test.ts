import { expect, it } from 'vitest';
import { readEvents, type StreamEvent } from './read-events.ts';

async function read(chunks: Uint8Array[]): Promise<StreamEvent[]> {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk);
      controller.close();
    },
  });
  const events: StreamEvent[] = [];
  for await (const event of readEvents(body)) events.push(event);
  return events;
}

const text =
  ': hello\n\nevent: job\nid: 7\ndata: {"é":1,\ndata: "b":2}\n\ndata:x\r\n\r\nevent: cut\ndata: off';

it('frames are the same however the bytes are cut, and a frame without its end is dropped', async () => {
  const bytes = new TextEncoder().encode(text);
  const expected = [
    { event: 'job', id: '7', data: '{"é":1,\n"b":2}' },
    { event: 'message', id: null, data: 'x' },
  ];
  expect(await read([bytes])).toEqual(expected);
  expect(await read(Array.from(bytes, (_, i) => bytes.subarray(i, i + 1)))).toEqual(expected);
});

it('an early end of the reader closes the stream', async () => {
  let canceled = false;
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.enqueue(new TextEncoder().encode('data: 1\n\n')),
    cancel: () => {
      canceled = true;
    },
  });
  for await (const event of readEvents(body)) {
    expect(event.data).toBe('1');
    break;
  }
  expect(canceled).toBe(true);
});
