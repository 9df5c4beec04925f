import type { AppContext } from '../../http/context.ts';
import type { Contract } from '../../http/contract.ts';
import { Health } from '@headwright/shared/api/meta';

export const getHealthContract: Contract = {
  operation: 'getHealth',
  tag: 'Meta',
  summary: 'Whether the edge answers',
  responses: { 200: { description: 'It does.', schema: Health } },
};

/** GET /healthz: the Worker answers. It asks nobody, so that a probe costs nothing. */
export function readHealth(c: AppContext): Response {
  return c.json({ status: 'ok' });
}
