import type { OperatorInput } from '@headwright/shared/operator/commands';
import { asc, eq } from 'drizzle-orm';
import { assets } from '../../db/schema/assets.ts';
import { events } from '../../db/schema/events.ts';
import { jobs } from '../../db/schema/jobs.ts';
import { ledgerEntries } from '../../db/schema/ledger-entries.ts';
import { moderationFlags } from '../../db/schema/moderation-flags.ts';
import type { Deps } from '../context.ts';
import { ServiceError } from '../errors.ts';

/** All that is known of a job but the customer's words and the attempt's token. */
export async function inspectJob({ db }: Deps, { job }: OperatorInput<'jobs.show'>) {
  const [rows, history, files, entries, flags] = await db.batch([
    db.select().from(jobs).where(eq(jobs.id, job)),
    db.select().from(events).where(eq(events.jobId, job)).orderBy(asc(events.sequence)),
    db.select().from(assets).where(eq(assets.jobId, job)),
    db.select().from(ledgerEntries).where(eq(ledgerEntries.jobId, job)).orderBy(asc(ledgerEntries.id)),
    db.select().from(moderationFlags).where(eq(moderationFlags.jobId, job)),
  ]);
  const [row] = rows;
  if (row === undefined) throw new ServiceError('resource.not_found', 'There is no such job.');
  const { tokenHash, ...shown } = row;
  return {
    ...shown,
    is_held: tokenHash !== null && shown.leaseExpiresAt !== null,
    events: history.map(({ id, sequence, snapshot, createdAt }) => ({
      id,
      sequence,
      createdAt,
      ...snapshot,
    })),
    assets: files.map(({ name, bytes, sha256, visibility, objectKey }) => ({
      ...{ name, bytes, sha256, visibility, objectKey },
    })),
    ledger: entries.map(({ id, kind, amountMinor, createdAt }) => ({ id, kind, amountMinor, createdAt })),
    flags: flags.map(({ id, category, appealedAt, dismissedAt }) => ({
      id,
      category,
      appealedAt,
      dismissedAt,
    })),
  };
}
