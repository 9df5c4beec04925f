import { type SQL, sql } from 'drizzle-orm';
import type { Database } from '../../db/client.ts';
import { insertSelect } from '../../db/insert-select.ts';
import { idempotencyKeys } from '../../db/schema/idempotency-keys.ts';

/** A customer's `Idempotency-Key`, as hashes: what it belongs to, and which request it stands for. */
export interface IdempotencyClaim {
  scope: string;
  fingerprint: string;
}

/**
 * Part of the batch that makes a job: from here on the key stands for it. `ofJob` picks the job's row. A key that is
 * there already breaks the whole batch, so that two requests at once make one job.
 */
export function insertIdempotencyKey(db: Database, claim: IdempotencyClaim | null, ofJob: SQL) {
  return insertSelect(
    db,
    idempotencyKeys,
    {
      scope: claim?.scope ?? '',
      fingerprint: claim?.fingerprint ?? '',
      accountId: sql`account_id`,
      jobId: sql`id`,
      createdAt: sql`created_at`,
    },
    sql`from jobs where ${ofJob} and ${claim === null ? 0 : 1}`,
  );
}
