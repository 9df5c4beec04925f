import { z } from 'zod';
import type { LocalKeys } from '../local-account.ts';
import type { Load } from './request-rate.ts';

/** What is measured, in the order of a round: an empty Hono route, one that asks D1 for nothing, then routes of the edge, the first of which is empty. */
export const EDGE_LOADS = ['empty', 'query', 'health', 'readJob', 'readHead', 'create', 'claim'] as const;
export type EdgeLoad = (typeof EDGE_LOADS)[number];

const Made = z.object({ head: z.object({ id: z.string() }), job: z.object({ id: z.string() }) });

type Requests = Omit<Load, 'connections' | 'durationMs'>;

/** The loads over an edge and an empty Worker: reads are of heads that the creates have made, claims take them from the queue. */
export function createEdgeLoads(
  edgeUrl: string,
  emptyUrl: string,
  keys: LocalKeys,
): Record<EdgeLoad, () => Requests> {
  const developer = { Authorization: `Bearer ${keys.apiKey}`, 'Content-Type': 'application/json' };
  const runner = { ...developer, Authorization: `Bearer ${keys.runnerKey}` };
  const made: z.infer<typeof Made>[] = [];
  let claimed = 0;
  const read = (path: (one: z.infer<typeof Made>) => string) => (): Requests => ({
    url: edgeUrl,
    statusExpected: 200,
    next: (index) => {
      const one = made[index % made.length];
      if (one === undefined) throw new Error('createEdgeLoads: expected a head, got none');
      return { method: 'GET', path: path(one), headers: developer };
    },
  });
  return {
    empty: () => ({ url: emptyUrl, statusExpected: 200, next: () => ({ method: 'GET', path: '/' }) }),
    query: () => ({ url: emptyUrl, statusExpected: 200, next: () => ({ method: 'GET', path: '/query' }) }),
    health: () => ({ url: edgeUrl, statusExpected: 200, next: () => ({ method: 'GET', path: '/healthz' }) }),
    readJob: read(({ job }) => `/v1/jobs/${job.id}`),
    readHead: read(({ head }) => `/v1/heads/${head.id}`),
    create: () => {
      const firstKey = made.length;
      return {
        url: edgeUrl,
        statusExpected: 202,
        next: (index) => ({
          method: 'POST',
          path: '/v1/heads',
          headers: { ...developer, 'Idempotency-Key': `bench-${firstKey}-${index}` },
          body: JSON.stringify({ prompt: 'an old man with a white beard', preset: 'draft' }),
        }),
        read: (body) => made.push(Made.parse(JSON.parse(body))),
      };
    },
    claim: () => ({
      url: edgeUrl,
      statusExpected: 200,
      requestsMax: made.length - claimed,
      next: (index) => ({
        method: 'POST',
        path: '/runner/v1/claim',
        headers: runner,
        body: JSON.stringify({ runner: `bench-${index % 16}`, presets: ['draft'], wait_s: 0 }),
      }),
      read: () => {
        claimed += 1;
      },
    }),
  };
}
