import { MAGIC_PROMPTS, readMagicPrompt } from '@headwright/shared/magic-prompt';
import type { AccountActor } from '../context.ts';
import { ServiceError } from '../errors.ts';

/** The pool of runners whose engine follows a script. */
export const SCRIPTED_LANE = 'test';

/** The pool that no runner asks for: what waits there waits for its deadline. */
const EXPIRING_LANE = 'test:expire';

/** A pool of magic prompts. */
export type Lane = typeof SCRIPTED_LANE | typeof EXPIRING_LANE;

/** What a prompt means to the queue. */
export interface LaneChoice {
  /** Null: the pool of the engine. */
  lane: Lane | null;
  /** How long the job may wait for a runner at most; null as long as the customer says. */
  waitMs: number | null;
}

const EXPIRE_AFTER_MS = 1000;

/** Reads a prompt of a test key; one that asks to be refused is refused here, as moderation would. */
export function chooseLane(actor: AccountActor, prompt: string): LaneChoice {
  const magic = actor.mode === 'test' ? readMagicPrompt(prompt) : null;
  if (magic === null) return { lane: null, waitMs: null };
  if (magic === 'unknown') {
    throw new ServiceError('input.invalid', `There is no magic prompt ${prompt}.`, {
      errors: [
        { pointer: '/prompt', code: 'invalid_value', detail: `expected one of ${MAGIC_PROMPTS.join(', ')}` },
      ],
    });
  }
  if (magic.kind === 'reject' && magic.stage === 'prompt') {
    throw new ServiceError('safety.prompt.hate', 'The magic prompt asked to be refused.');
  }
  if (magic.kind === 'expire') return { lane: EXPIRING_LANE, waitMs: EXPIRE_AFTER_MS };
  return { lane: SCRIPTED_LANE, waitMs: null };
}
