import { EventType } from '@headwright/shared/event-types';
import { type AccountEventData, JobEventData } from '@headwright/shared/api/event-data';
import { and, desc, eq, type SQL, sql } from 'drizzle-orm';
import type { Database } from '../../db/client.ts';
import { accountEvents } from '../../db/schema/account-events.ts';
import { events } from '../../db/schema/events.ts';
import { jobs } from '../../db/schema/jobs.ts';

/** An event of a job or of an account, in one form. */
export interface FoundEvent {
  id: string;
  type: EventType;
  data: JobEventData | AccountEventData;
  createdAt: number;
}

/** Which events of both tables; each part names columns that both have under these names. */
export interface EventFilter {
  accountId: string;
  mode: 'test' | 'live';
  id?: SQL;
  type?: EventType | undefined;
  jobId?: string | undefined;
}

/** The newest events of an account and mode that pass the filter, newest first. */
export async function findEvents(db: Database, filter: EventFilter, limit: number): Promise<FoundEvent[]> {
  const { accountId, mode, type, jobId } = filter;
  const jobStatus = type?.startsWith('job.') ? type.slice(4) : undefined;
  const ofJobs = db
    .select({ event: events, headId: jobs.headId })
    .from(events)
    .innerJoin(jobs, eq(jobs.id, events.jobId))
    .where(
      and(
        eq(events.accountId, accountId),
        eq(jobs.mode, mode),
        filter.id === undefined ? undefined : sql`${events.id} ${filter.id}`,
        jobId === undefined ? undefined : eq(events.jobId, jobId),
        type === undefined
          ? undefined
          : sql`json_extract(${events.snapshot}, '$.status') = ${jobStatus ?? ''}`,
      ),
    )
    .orderBy(desc(events.id))
    .limit(limit);
  const ofAccount = db
    .select()
    .from(accountEvents)
    .where(
      and(
        eq(accountEvents.accountId, accountId),
        eq(accountEvents.mode, mode),
        filter.id === undefined ? undefined : sql`${accountEvents.id} ${filter.id}`,
        jobId === undefined ? undefined : sql`false`,
        type === undefined ? undefined : sql`${accountEvents.type} = ${type}`,
      ),
    )
    .orderBy(desc(accountEvents.id))
    .limit(limit);
  const [jobRows, accountRows] = await db.batch([ofJobs, ofAccount]);
  const found = [...jobRows.map(({ event, headId }) => describeJobEvent(event, headId)), ...accountRows];
  return found.toSorted((a, b) => (a.id < b.id ? 1 : -1)).slice(0, limit);
}

function describeJobEvent(event: typeof events.$inferSelect, headId: string): FoundEvent {
  const { status } = event.snapshot;
  const urls = { job: `/v1/jobs/${event.jobId}`, head: `/v1/heads/${headId}` };
  return {
    id: event.id,
    type: EventType.parse(`job.${status}`),
    data: JobEventData.parse({ job: event.jobId, head: headId, status, sequence: event.sequence, urls }),
    createdAt: event.createdAt,
  };
}
