import { ErrorMeaning, ErrorMeaningList } from '@headwright/shared/api/meta';
import { ERROR_CODES } from '@headwright/shared/error-codes';
import { z } from 'zod';
import type { AppContext } from '../../http/context.ts';
import type { Contract } from '../../http/contract.ts';
import { pageResponse, wantsPage } from '../../http/page-response.ts';
import { pathParameter } from '../../http/path-parameter.ts';
import { ServiceError } from '../../services/errors.ts';

/** Who must act, by the prefix of a code. */
const ADVICE = new Map([
  ['input', 'Change the request; the same one fails again.'],
  ['auth', 'Send another key, or one that may do this.'],
  ['resource', 'Look at the resource: it is not there, or not in the state that this needs.'],
  ['asset', 'Ask for a fresh link.'],
  ['billing', 'The owner of the account must act: credit, cap or payment.'],
  ['idempotency', 'Look at your idempotency keys.'],
  ['limit', 'Wait for Retry-After, then send the same request again.'],
  ['safety', 'Change the words, or appeal at the appeal_url of the problem.'],
  ['attempt', 'For runners: let go of this attempt.'],
  ['job', 'The job ended without a head and cost nothing. Make another.'],
  ['capacity', 'Wait for Retry-After; GET /v1/status says how things are.'],
  ['internal', 'Try again; if it stays, tell us the request_id.'],
]);

const MEANINGS: readonly ErrorMeaning[] = Object.entries(ERROR_CODES).map(([code, entry]) => ({
  code,
  ...entry,
  advice: ADVICE.get(code.split('.')[0] ?? '') ?? '',
  urls: { self: `/v1/errors/${code}` },
}));

export const listErrorsContract: Contract = {
  operation: 'listErrors',
  tag: 'Meta',
  summary: 'List all error codes',
  description: 'The list is closed. Browsers get a page.',
  responses: { 200: { description: 'Every code.', schema: ErrorMeaningList, hasPage: true } },
};

/** GET /v1/errors */
export function readErrors(c: AppContext): Response {
  if (!wantsPage(c))
    return c.json({ object: 'list', data: MEANINGS, has_more: false }, 200, { Vary: 'Accept' });
  const rows = MEANINGS.map(({ code, status, title, urls }) => ({
    name: code,
    text: `${status} ${title}`,
    href: urls.self,
  }));
  return pageResponse(c, 'Errors', rows);
}

export const getErrorContract: Contract = {
  operation: 'getError',
  tag: 'Meta',
  summary: 'What an error code means',
  description: 'A problem’s `type` leads here. Browsers get a page.',
  params: z.object({ code: z.string() }),
  responses: { 200: { description: 'Its meaning.', schema: ErrorMeaning, hasPage: true } },
  problems: ['resource.not_found'],
};

/** GET /v1/errors/{code}: what a problem's `type` points to. */
export function readError(c: AppContext): Response {
  const code = pathParameter(c, 'code');
  const meaning = MEANINGS.find((each) => each.code === code);
  if (meaning === undefined) throw new ServiceError('resource.not_found', 'There is no such error code.');
  if (!wantsPage(c)) return c.json(meaning, 200, { Vary: 'Accept' });
  const { status, title, advice, retryable } = meaning;
  return pageResponse(c, code, [
    { name: 'Meaning', text: `${title}.` },
    { name: 'Status', text: String(status) },
    { name: 'What to do', text: advice },
    {
      name: 'Again?',
      text: retryable ? 'The same request may succeed later.' : 'The same request will fail again.',
    },
  ]);
}
