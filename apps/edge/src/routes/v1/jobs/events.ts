import type { AppContext } from '../../../http/context.ts';
import { pathParameter } from '../../../http/path-parameter.ts';
import { openStream } from '../../../services/jobs/open-stream.ts';

/** GET /v1/jobs/{id}/events; an id that we never gave out is no id. */
export async function streamEvents(c: AppContext): Promise<Response> {
  const lastEventId = c.req.header('Last-Event-ID') ?? '';
  const after = /^\d{1,9}$/.test(lastEventId) ? Number(lastEventId) : null;
  const stream = await openStream(c.get('account'), pathParameter(c, 'id'), after);
  return c.body(stream, 200, {
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'private, no-store',
    'X-Accel-Buffering': 'no',
  });
}
