import { Job, JobEvent } from '@headwright/shared/api/jobs';

/** A request with the API key; throws unless the answer is a success. */
export type ApiCall = (path: string, init?: RequestInit) => Promise<Response>;

const POLL_MS = 1_000;

/** Each snapshot of a job until it has ended: by server-sent events, and by polling while those fail. */
export async function* followJob(
  call: ApiCall,
  id: string,
  signal = new AbortController().signal,
): AsyncGenerator<Job, Job> {
  for (;;) {
    try {
      for await (const job of streamJob(call, id, signal)) {
        yield job;
        if (job.terminal) return job;
      }
    } catch (error) {
      if (signal.aborted) throw error; // anything else is a broken stream, and polling goes on
    }
    const job = Job.parse(await (await call(`/v1/jobs/${id}`, { signal })).json());
    yield job;
    if (job.terminal) return job;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

async function* streamJob(call: ApiCall, id: string, signal: AbortSignal): AsyncGenerator<Job> {
  const headers = { Accept: 'text/event-stream' };
  const response = await call(`/v1/jobs/${id}/events`, { headers, signal });
  if (response.body === null) return;
  for await (const data of readEventData(response.body)) yield JobEvent.parse(JSON.parse(data)).job;
}

/**
 * The `data:` of each frame of an event stream; comments and the other fields are passed over.
 *
 * References: WHATWG HTML, 9.2 Server-sent events.
 */
async function* readEventData(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  let pending = '';
  for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
    pending += chunk;
    const frames = pending.split('\n\n');
    pending = frames.pop() ?? '';
    for (const frame of frames) {
      const lines = frame.split('\n').filter((line) => line.startsWith('data:'));
      if (lines.length > 0) yield lines.map((line) => line.slice(5).trimStart()).join('\n');
    }
  }
}
