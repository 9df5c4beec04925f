import { z } from 'zod';

/** Events that are sent to an endpoint unless it asks for others. */
export const DEFAULT_EVENT_TYPES = [
  'job.succeeded',
  'job.failed',
  'job.rejected',
  'job.canceled',
  'job.expired',
  'head.deleted',
  'usage.threshold',
  'endpoint.disabled',
] as const;

/** Events that an endpoint can ask for. */
export const SubscribableEventType = z
  .enum([...DEFAULT_EVENT_TYPES, 'job.running'])
  .meta({ id: 'SubscribableEventType' });

/** Events that are not a job's. `endpoint.test` goes to the one endpoint that asked for it. */
export const ACCOUNT_EVENT_TYPES = [
  'head.deleted',
  'usage.threshold',
  'endpoint.disabled',
  'endpoint.test',
] as const;
export type AccountEventType = (typeof ACCOUNT_EVENT_TYPES)[number];

/** Every event that is recorded: one type for each state of a job, and those of accounts. */
export const EVENT_TYPES = [
  'job.queued',
  'job.running',
  'job.canceling',
  'job.succeeded',
  'job.failed',
  'job.rejected',
  'job.canceled',
  'job.expired',
  ...ACCOUNT_EVENT_TYPES,
] as const;
export const EventType = z.enum(EVENT_TYPES).meta({ id: 'EventType' });
export type EventType = z.infer<typeof EventType>;
