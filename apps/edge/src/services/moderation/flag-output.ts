import type { FlagId } from '@headwright/shared/ids';
import { sql } from 'drizzle-orm';
import { insertSelect } from '../../db/insert-select.ts';
import { moderationFlags } from '../../db/schema/moderation-flags.ts';
import type { Deps } from '../context.ts';

/** The flag of a job whose picture was refused, for the batch of the transition that wrote `eventId`. */
export function flagOutput({ db, clock }: Deps, flagId: FlagId, eventId: string) {
  return insertSelect(
    db,
    moderationFlags,
    {
      id: flagId,
      accountId: sql`account_id`,
      mode: sql`mode`,
      endUser: sql`end_user`,
      stage: 'output',
      category: 'output',
      jobId: sql`id`,
      createdAt: clock(),
      appeal: null,
      appealedAt: null,
      dismissedAt: null,
    },
    sql`from jobs where last_event_id = ${eventId}`,
  );
}
