import type { AppContext } from '../../../http/context.ts';
import { pathParameter } from '../../../http/path-parameter.ts';
import { getJob } from '../../../services/jobs/get.ts';
import { openStream } from '../../../services/jobs/open-stream.ts';

const HEADERS = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  'Cache-Control': 'private, no-store',
  'X-Accel-Buffering': 'no',
};

/** GET /v1/jobs/{id}/events; a Last-Event-ID that we never gave out is none. */
export async function streamEvents(c: AppContext): Promise<Response> {
  const jobId = pathParameter(c, 'id');
  // A stream that nobody reads would stay open in the job's room.
  if (c.req.method === 'HEAD') {
    await getJob(c.get('account'), jobId);
    return c.body(null, 200, HEADERS);
  }
  const lastEventId = c.req.header('Last-Event-ID') ?? '';
  const after = /^\d{1,9}$/.test(lastEventId) ? Number(lastEventId) : null;
  return c.body(await openStream(c.get('account'), jobId, after), 200, HEADERS);
}
