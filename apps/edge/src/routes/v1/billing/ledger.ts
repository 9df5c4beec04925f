import { LedgerList, LedgerQuery } from '@headwright/shared/api/billing';
import type { AppContext } from '../../../http/context.ts';
import type { Contract } from '../../../http/contract.ts';
import { parseInput } from '../../../http/read-json.ts';
import { listEntries } from '../../../services/billing/list-entries.ts';

export const listLedgerEntriesContract: Contract = {
  operation: 'listLedgerEntries',
  tag: 'Billing',
  summary: 'List the ledger',
  description: 'Every movement of money. Entries are only ever added.',
  query: LedgerQuery,
  responses: { 200: { description: 'A page, newest first.', schema: LedgerList } },
};

/** GET /v1/ledger */
export async function readLedger(c: AppContext): Promise<Response> {
  const query = parseInput(LedgerQuery, c.req.query());
  return c.json(await listEntries(c.get('account'), query));
}
