import type { AppContext } from '../../../http/context.ts';
import { pathParameter } from '../../../http/path-parameter.ts';
import { getJob } from '../../../services/jobs/get.ts';
import { openStream } from '../../../services/jobs/open-stream.ts';
import type { Contract } from '../../../http/contract.ts';
import { z } from 'zod';
import { JobEvent } from '@headwright/shared/api/jobs';
import { JobId } from '@headwright/shared/ids';

const HEADERS = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  'Cache-Control': 'private, no-store',
  'X-Accel-Buffering': 'no',
};

export const streamEventsContract: Contract = {
  operation: 'streamEvents',
  tag: 'Jobs',
  summary: 'Follow a job',
  description: `Server-sent events: \`snapshot\` first, then \`job\` for each transition (its \`id\` is the sequence number) and \`progress\`
in between (without an id). The data of each is a \`JobEvent\`. A comment every 15 seconds says that the stream lives; it ends with the job.`,
  params: z.object({ id: JobId }),
  headers: z.object({
    'last-event-id': z
      .string()
      .optional()
      .describe('Goes on behind this transition; the ones missed come first.'),
  }),
  responses: { 200: { description: 'The stream.', schema: JobEvent, contentType: 'text/event-stream' } },
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
