import { Limits, SetLimitsRequest } from '@headwright/shared/api/billing';
import type { AppContext } from '../../../http/context.ts';
import type { Contract } from '../../../http/contract.ts';
import { readJson } from '../../../http/read-json.ts';
import { getLimits, setLimits } from '../../../services/billing/limits.ts';

export const getLimitsContract: Contract = {
  operation: 'getLimits',
  tag: 'Billing',
  summary: 'Read the limits',
  responses: { 200: { description: 'Caps, what counts against them, and concurrency.', schema: Limits } },
};

/** GET /v1/limits */
export async function readLimits(c: AppContext): Promise<Response> {
  return c.json(await getLimits(c.get('account')));
}

export const setLimitsContract: Contract = {
  operation: 'setLimits',
  tag: 'Billing',
  summary: 'Set the hard monthly cap',
  description:
    'Exact: checked in the transaction that accepts a job, against all that this month’s jobs cost or may still cost.',
  body: SetLimitsRequest,
  responses: { 200: { description: 'The limits as they are now.', schema: Limits } },
};

/** PUT /v1/limits */
export async function putLimits(c: AppContext): Promise<Response> {
  const input = await readJson(c.req.raw, SetLimitsRequest);
  return c.json(await setLimits(c.get('account'), input));
}
