import { z } from 'zod';
import type { EventType } from '../event-types.ts';
import { HeadId, JobId, WebhookEndpointId } from '../ids.ts';
import { JobStatus } from '../job-state.ts';
import { AmountMinor, Currency } from '../money.ts';

/** What a job's event says; look the job up for more. */
export const JobEventData = z
  .object({
    job: JobId,
    head: HeadId,
    status: JobStatus,
    sequence: z.int().describe('1, 2, 3 … within the job, without holes: orders what arrives out of order.'),
    urls: z.object({ job: z.string(), head: z.string() }),
  })
  .meta({ id: 'JobEventData' });
export type JobEventData = z.infer<typeof JobEventData>;

const HeadDeletedData = z
  .strictObject({ head: HeadId, deleted_at: z.iso.datetime() })
  .meta({ id: 'HeadDeletedData' });

const UsageThresholdData = z
  .strictObject({
    percent: z.int().describe('The part of the cap that is committed: 80 or 100.'),
    month: z.string().describe('A calendar month in UTC: `2026-11`.'),
    committed: AmountMinor.describe('What the jobs of that month cost, or will if they succeed.'),
    cap: AmountMinor.nullable().describe('The account’s own cap.'),
    currency: Currency,
    urls: z.object({ limits: z.string() }),
  })
  .meta({ id: 'UsageThresholdData' });

const EndpointDisabledData = z
  .strictObject({
    endpoint: WebhookEndpointId,
    reason: z
      .enum(['gone', 'failing'])
      .describe('`gone`: it answered 410. `failing`: every attempt of five days failed.'),
    urls: z.object({ endpoint: z.string() }),
  })
  .meta({ id: 'EndpointDisabledData' });

const EndpointTestData = z
  .strictObject({ endpoint: WebhookEndpointId, urls: z.object({ endpoint: z.string() }) })
  .meta({ id: 'EndpointTestData' });

/** What an account's event says. */
export const AccountEventData = z.union([
  HeadDeletedData,
  UsageThresholdData,
  EndpointDisabledData,
  EndpointTestData,
]);
export type AccountEventData = z.infer<typeof AccountEventData>;

/** What any event says. */
export const EventData = z
  .union([JobEventData, ...AccountEventData.options])
  .describe('Ids and addresses: of a job, or what the type of an account’s event says.');

/** What the events of each type say; every state of a job is told alike. */
export const EVENT_DATA = {
  'job.queued': JobEventData,
  'job.running': JobEventData,
  'job.canceling': JobEventData,
  'job.succeeded': JobEventData,
  'job.failed': JobEventData,
  'job.rejected': JobEventData,
  'job.canceled': JobEventData,
  'job.expired': JobEventData,
  'head.deleted': HeadDeletedData,
  'usage.threshold': UsageThresholdData,
  'endpoint.disabled': EndpointDisabledData,
  'endpoint.test': EndpointTestData,
} as const satisfies Record<EventType, z.ZodObject>;
