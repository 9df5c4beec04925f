import { Status } from '@headwright/shared/api/meta';
import type { AppContext } from '../../http/context.ts';
import type { Contract } from '../../http/contract.ts';
import { pageResponse, wantsPage } from '../../http/page-response.ts';
import type { Deps } from '../../services/context.ts';
import { readStatus } from '../../services/operations/read-status.ts';

/** Anybody may ask, so an isolate asks the database again only after so long. */
const KEEP_MS = 10_000;

// Answers, no promises: what a request has begun ends with it, and nobody else may wait for it.
const kept = new WeakMap<Deps['db'], { atMs: number; status: Status }>();

export const getStatusContract: Contract = {
  operation: 'getStatus',
  tag: 'Meta',
  summary: 'How the service is',
  description: 'Needs no key, and is at most ten seconds old. Browsers get a page.',
  responses: {
    200: { description: 'Whether heads are accepted, and what waits.', schema: Status, hasPage: true },
  },
};

/** GET /v1/status */
export async function readStatusRoute(c: AppContext): Promise<Response> {
  const deps = c.get('deps');
  const nowMs = deps.clock();
  let known = kept.get(deps.db);
  if (known === undefined || Math.abs(nowMs - known.atMs) >= KEEP_MS) {
    known = { atMs: nowMs, status: await readStatus(deps) };
    kept.set(deps.db, known);
  }
  const { status } = known;
  const headers = {
    'Cache-Control': 'public, max-age=10',
    'Access-Control-Allow-Origin': '*',
    Vary: 'Accept',
  };
  if (!wantsPage(c)) return c.json(status, 200, headers);
  return pageResponse(c, 'Status', [
    { name: 'Service', text: status.status },
    { name: 'New heads', text: status.accepts_heads ? 'accepted' : (status.reason ?? 'not accepted') },
    ...status.queues.map(({ mode, preset, ready, running, oldest_ready_s: waits }) => ({
      name: `${preset} (${mode})`,
      text: `${running} running, ${ready} ready${waits === null ? '' : `, the oldest for ${waits} s`}`,
    })),
    { name: 'As of', text: status.checked_at },
  ]);
}
