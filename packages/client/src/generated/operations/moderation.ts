// Written by `npm run generate` from the contracts of the routes; edit those.
import type {
  AppealRequest,
  ModerationCheck,
  ModerationCheckRequest,
  ModerationFlag,
  ModerationFlagList,
} from '../types.ts';
import type { CallOptions } from '../../transport.ts';
import { AssetsOperations } from './assets.ts';

/** What is refused, told before anything is paid. */
export class ModerationOperations extends AssetsOperations {
  /** Ask whether words are allowed. The same rules as those of a create, for nothing: no head, no charge, and no refusal is counted. It has a request limit of its own, `checks`. */
  checkModeration(body: ModerationCheckRequest, options: CallOptions = {}): Promise<ModerationCheck> {
    return this.json<ModerationCheck>({ method: 'POST', path: '/v1/moderation/checks', body }, options);
  }

  /** List what was refused. Each refusal counts toward the abuse limit for a day. The refused words are not kept. */
  listModerationFlags(
    query: {
      /** Your own opaque name of the person for whom this is made: 1 to 128 visible ASCII characters. Use, abuse and client tokens are counted by it. Do not send mail addresses or names. */
      end_user?: string;
      limit?: number;
      /** Goes on behind this one: the last of the page before. */
      starting_after?: string;
    } = {},
    options: CallOptions = {},
  ): Promise<ModerationFlagList> {
    return this.json<ModerationFlagList>({ method: 'GET', path: '/v1/moderation/flags', query }, options);
  }

  /** Read a refusal. */
  getModerationFlag(id: string, options: CallOptions = {}): Promise<ModerationFlag> {
    return this.json<ModerationFlag>(
      { method: 'GET', path: `/v1/moderation/flags/${encodeURIComponent(id)}` },
      options,
    );
  }

  /** Appeal against a refusal. An operator reads it; a refusal that is taken back counts no longer. */
  appealModerationFlag(id: string, body: AppealRequest, options: CallOptions = {}): Promise<ModerationFlag> {
    return this.json<ModerationFlag>(
      { method: 'POST', path: `/v1/moderation/flags/${encodeURIComponent(id)}/appeal`, body },
      options,
    );
  }
}
