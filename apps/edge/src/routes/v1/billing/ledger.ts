import { LedgerEntry, LedgerList, LedgerQuery } from '@headwright/shared/api/billing';
import { LedgerId } from '@headwright/shared/ids';
import { z } from 'zod';
import type { AppContext } from '../../../http/context.ts';
import type { Contract } from '../../../http/contract.ts';
import { pathParameter } from '../../../http/path-parameter.ts';
import { parseInput } from '../../../http/read-json.ts';
import { getEntry } from '../../../services/billing/get-entry.ts';
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

export const getLedgerEntryContract: Contract = {
  operation: 'getLedgerEntry',
  tag: 'Billing',
  summary: 'Read a ledger entry',
  params: z.object({ id: LedgerId }),
  responses: { 200: { description: 'The entry.', schema: LedgerEntry } },
};

/** GET /v1/ledger/{id} */
export async function readLedgerEntry(c: AppContext): Promise<Response> {
  return c.json(await getEntry(c.get('account'), pathParameter(c, 'id')));
}
