import {
  AppealRequest,
  ModerationFlag,
  ModerationFlagList,
  ModerationFlagListQuery,
} from '@headwright/shared/api/moderation';
import { FlagId } from '@headwright/shared/ids';
import { z } from 'zod';
import type { AppContext } from '../../../http/context.ts';
import type { Contract } from '../../../http/contract.ts';
import { pathParameter } from '../../../http/path-parameter.ts';
import { parseInput, readJson } from '../../../http/read-json.ts';
import { appealFlag } from '../../../services/moderation/appeal-flag.ts';
import { getFlag } from '../../../services/moderation/get-flag.ts';
import { listFlags } from '../../../services/moderation/list-flags.ts';

export const listFlagsContract: Contract = {
  operation: 'listModerationFlags',
  tag: 'Moderation',
  summary: 'List what was refused',
  description: 'Each refusal counts toward the abuse limit for a day. The refused words are not kept.',
  query: ModerationFlagListQuery,
  responses: { 200: { description: 'A page, newest first.', schema: ModerationFlagList } },
};

export const getFlagContract: Contract = {
  operation: 'getModerationFlag',
  tag: 'Moderation',
  summary: 'Read a refusal',
  params: z.object({ id: FlagId }),
  responses: { 200: { description: 'The refusal.', schema: ModerationFlag } },
};

export const appealFlagContract: Contract = {
  operation: 'appealModerationFlag',
  tag: 'Moderation',
  summary: 'Appeal against a refusal',
  description: 'An operator reads it; a refusal that is taken back counts no longer.',
  params: z.object({ id: FlagId }),
  body: AppealRequest,
  responses: { 200: { description: 'The refusal with the appeal.', schema: ModerationFlag } },
};

/** GET /v1/moderation/flags */
export async function readFlags(c: AppContext): Promise<Response> {
  return c.json(await listFlags(c.get('account'), parseInput(ModerationFlagListQuery, c.req.query())));
}

/** GET /v1/moderation/flags/{id} */
export async function readFlag(c: AppContext): Promise<Response> {
  return c.json(await getFlag(c.get('account'), pathParameter(c, 'id')));
}

/** POST /v1/moderation/flags/{id}/appeal */
export async function postAppeal(c: AppContext): Promise<Response> {
  const input = await readJson(c.req.raw, AppealRequest);
  return c.json(await appealFlag(c.get('account'), pathParameter(c, 'id'), input));
}
