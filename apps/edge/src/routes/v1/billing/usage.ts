import { Usage, UsageQuery } from '@headwright/shared/api/billing';
import type { AppContext } from '../../../http/context.ts';
import type { Contract } from '../../../http/contract.ts';
import { parseInput } from '../../../http/read-json.ts';
import { getUsage } from '../../../services/billing/get-usage.ts';

export const getUsageContract: Contract = {
  operation: 'getUsage',
  tag: 'Billing',
  summary: 'Read the usage of a month',
  description: 'What was captured, by day, kind, key or end user.',
  query: UsageQuery,
  responses: { 200: { description: 'The sums and their parts.', schema: Usage } },
};

/** GET /v1/usage */
export async function readUsage(c: AppContext): Promise<Response> {
  return c.json(await getUsage(c.get('account'), parseInput(UsageQuery, c.req.query())));
}
