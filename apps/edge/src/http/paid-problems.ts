import type { ErrorCode } from '@headwright/shared/error-codes';

/** Codes with which a request that makes a job and costs money can be refused, whatever the job does. */
export const PAID_PROBLEMS: readonly ErrorCode[] = [
  'auth.allowance_spent',
  'capacity.paused',
  'idempotency.in_flight',
  'idempotency.invalid_key',
  'idempotency.key_reused',
  'resource.deleted',
  'billing.insufficient_credit',
  'billing.cap_reached',
  'billing.max_cost',
  'limit.abuse',
  'limit.queue_full',
];

/** Codes with which words are refused. */
export const PROMPT_PROBLEMS: readonly ErrorCode[] = [
  'safety.prompt.sexual',
  'safety.prompt.sexual_minor',
  'safety.prompt.hate',
  'safety.prompt.gore',
  'safety.prompt.real_person',
];
