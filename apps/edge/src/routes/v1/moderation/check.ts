import { ModerationCheck, ModerationCheckRequest } from '@headwright/shared/api/moderation';
import type { AppContext } from '../../../http/context.ts';
import type { Contract } from '../../../http/contract.ts';
import { readJson } from '../../../http/read-json.ts';
import { checkWords } from '../../../services/moderation/check.ts';

export const checkModerationContract: Contract = {
  operation: 'checkModeration',
  tag: 'Moderation',
  summary: 'Ask whether words are allowed',
  description:
    'The same rules as those of a create, for nothing: no head, no charge, and no refusal is counted. It has a request limit of its own, `checks`.',
  body: ModerationCheckRequest,
  responses: { 200: { description: 'The verdict.', schema: ModerationCheck } },
};

/** POST /v1/moderation/checks */
export async function postCheck(c: AppContext): Promise<Response> {
  return c.json(checkWords(c.get('account'), await readJson(c.req.raw, ModerationCheckRequest)));
}
