import type { AppContext } from '../../http/context.ts';

/** GET /healthz: the Worker answers. It asks nobody, so that a probe costs nothing. */
export function readHealth(c: AppContext): Response {
  return c.json({ status: 'ok' });
}
