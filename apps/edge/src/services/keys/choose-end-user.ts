import type { AccountActor } from '../context.ts';
import { ServiceError } from '../errors.ts';

/** For whom a request is made: a client token's own user, whatever the body says; else as the body says. */
export function chooseEndUser(actor: AccountActor, asked: string | undefined): string | null {
  if (actor.clientTokenId === null) return asked ?? null;
  if (asked === undefined || asked === actor.endUser) return actor.endUser;
  throw new ServiceError('input.invalid', 'A client token acts for its own end user only.', {
    errors: [{ pointer: '/end_user', code: 'invalid_value', detail: 'is not the end user of this token' }],
  });
}
