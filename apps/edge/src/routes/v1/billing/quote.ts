import { Quote, QuoteRequest } from '@headwright/shared/api/billing';
import type { AppContext } from '../../../http/context.ts';
import type { Contract } from '../../../http/contract.ts';
import { readJson } from '../../../http/read-json.ts';
import { quote } from '../../../services/billing/quote.ts';

export const createQuoteContract: Contract = {
  operation: 'createQuote',
  tag: 'Billing',
  summary: 'Ask what a job costs',
  description: 'Free, and reserves nothing. Send `max_cost` with the job to be sure of the price.',
  body: QuoteRequest,
  responses: { 200: { description: 'The price, and how long such jobs take.', schema: Quote } },
};

/** POST /v1/quotes */
export async function postQuote(c: AppContext): Promise<Response> {
  const input = await readJson(c.req.raw, QuoteRequest);
  return c.json(await quote(c.get('account'), input));
}
