import type { ModerationCheck, ModerationCheckRequest } from '@headwright/shared/api/moderation';
import type { AccountContext } from '../context.ts';
import { ServiceError } from '../errors.ts';

/** What a create of these words would be told by moderation. It costs nothing and is not counted as a refusal. */
export function checkWords({ deps }: AccountContext, input: ModerationCheckRequest): ModerationCheck {
  try {
    const { labels } = deps.checkPrompt(input.prompt, input.negative_prompt || null);
    return { object: 'moderation_check', allowed: true, categories: [], labels };
  } catch (error) {
    if (!(error instanceof ServiceError) || !error.code.startsWith('safety.prompt.')) throw error;
    const { code, facts } = error;
    const categories = (facts.errors ?? []).map(({ code: category, pointer }) => ({
      category,
      code,
      pointer,
    }));
    return { object: 'moderation_check', allowed: false, categories, labels: [] };
  }
}
