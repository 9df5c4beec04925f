import type { Job } from '@headwright/shared/api/jobs';
import { describe, expect, test } from 'vitest';
import { followJob } from '../../scripts/follow-job.ts';

function jobAt(status: Job['status'], attempt: number): Job {
  const url = 'http://edge.test/';
  return {
    id: `job_${'0'.repeat(26)}`,
    object: 'job',
    kind: 'head',
    head_id: `head_${'0'.repeat(26)}`,
    model: 'head-1.0',
    seed: 1,
    status,
    terminal: status === 'succeeded',
    attempt,
    queue_position: null,
    eta_s: null,
    progress: null,
    error: null,
    billing: null,
    created_at: '2026-01-01T00:00:00.000Z',
    deadline_at: null,
    started_at: null,
    finished_at: null,
    urls: { self: url, events: url, cancel: url, head: url },
  };
}

/** Frames as the edge writes them, cut at arbitrary places. */
function stream(jobs: readonly Job[], cutAt: number): Response {
  const text = jobs
    .map(
      (job, index) =>
        `: ping\n\nid: ${index}\nevent: job\ndata: ${JSON.stringify({ sequence: index, job })}\n\n`,
    )
    .join('');
  return new Response(
    new ReadableStream({
      start(controller) {
        const bytes = new TextEncoder().encode(text);
        controller.enqueue(bytes.slice(0, cutAt));
        controller.enqueue(bytes.slice(cutAt));
        controller.close();
      },
    }),
  );
}

async function collect(call: (path: string) => Promise<Response>): Promise<string[]> {
  const seen: string[] = [];
  for await (const job of followJob(call, 'job_1')) seen.push(`${job.status} ${job.attempt}`);
  return seen;
}

describe('followJob', () => {
  test('reads a stream to the end, wherever its chunks are cut', async () => {
    const jobs = [jobAt('queued', 0), jobAt('running', 1), jobAt('succeeded', 1)];
    for (const cutAt of [1, 9, 40, 300]) {
      expect(await collect(async () => stream(jobs, cutAt))).toEqual([
        'queued 0',
        'running 1',
        'succeeded 1',
      ]);
    }
  });

  test('polls when the stream breaks, and ends with the job', async () => {
    const seen = await collect(async (path) => {
      if (path.endsWith('/events')) throw new TypeError('terminated');
      return Response.json(jobAt('succeeded', 2));
    });
    expect(seen).toEqual(['succeeded 2']);
  });

  test('polls when a stream ends before the job does', async () => {
    const seen = await collect(async (path) =>
      path.endsWith('/events') ? stream([jobAt('running', 1)], 5) : Response.json(jobAt('succeeded', 1)),
    );
    expect(seen).toEqual(['running 1', 'succeeded 1']);
  });
});
