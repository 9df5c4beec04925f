/**
 * Every error code of the API: HTTP status, title, and whether the same request may succeed later.
 * The prefix says who must act: `input`, `auth`, `resource`, `asset` and `safety` the caller, `billing` the account's
 * owner, `limit` the
 * caller by waiting, `attempt` the runner, `job` nobody (it is in `job.error`), `internal` us.
 */
export const ERROR_CODES = {
  'input.invalid_json': { status: 400, title: 'The body is not valid JSON', retryable: false },
  'input.invalid': { status: 422, title: 'The request has invalid fields', retryable: false },
  'input.unsupported_media_type': { status: 415, title: 'The media type is not supported', retryable: false },
  'input.unsupported_version': { status: 400, title: 'There is no such API version', retryable: false },
  'input.too_large': { status: 413, title: 'The body is too large', retryable: false },
  'input.digest_mismatch': { status: 422, title: 'The body does not match its digest', retryable: true },
  'input.range_not_satisfiable': { status: 416, title: 'The range lies outside the file', retryable: false },
  'auth.missing_key': { status: 401, title: 'An API key is required', retryable: false },
  'auth.invalid_key': { status: 401, title: 'The API key is not valid', retryable: false },
  'auth.expired_key': { status: 401, title: 'The key or client token has expired', retryable: false },
  'auth.insufficient_scope': { status: 403, title: 'The key may not do this', retryable: false },
  'auth.allowance_spent': { status: 403, title: 'The client token may create no more', retryable: false },
  'resource.not_found': { status: 404, title: 'There is no such resource', retryable: false },
  'resource.method_not_allowed': { status: 405, title: 'The method is not allowed here', retryable: false },
  'resource.not_ready': { status: 409, title: 'The head has no files yet', retryable: true },
  'resource.busy': { status: 409, title: 'The head is being edited', retryable: true },
  'resource.deleted': { status: 410, title: 'The resource was deleted', retryable: false },
  'resource.disabled': { status: 409, title: 'The endpoint is disabled', retryable: false },
  'resource.limit_reached': { status: 409, title: 'There are as many as are allowed', retryable: false },
  'resource.not_editable': { status: 409, title: 'The head cannot be edited', retryable: false },
  'billing.insufficient_credit': { status: 402, title: 'The balance is too low', retryable: false },
  'billing.cap_reached': { status: 402, title: 'A spend cap is reached', retryable: false },
  'billing.max_cost': { status: 402, title: 'The price is above max_cost', retryable: false },
  'idempotency.in_flight': { status: 409, title: 'The same request is being answered', retryable: true },
  'idempotency.invalid_key': { status: 422, title: 'The Idempotency-Key is not valid', retryable: false },
  'idempotency.key_reused': { status: 422, title: 'The key stands for another request', retryable: false },
  'resource.revoked': { status: 409, title: 'The key was revoked', retryable: false },
  'asset.url_invalid': { status: 403, title: 'The link was not signed by us', retryable: false },
  'asset.url_expired': { status: 403, title: 'The link has expired', retryable: false },
  'limit.rate': { status: 429, title: 'Too many requests', retryable: true },
  'limit.queue_full': { status: 429, title: 'Too many heads are running and waiting', retryable: true },
  'safety.prompt.sexual': { status: 422, title: 'The prompt is sexual', retryable: false },
  'safety.prompt.sexual_minor': { status: 422, title: 'The prompt sexualizes minors', retryable: false },
  'safety.prompt.hate': { status: 422, title: 'The prompt is hateful', retryable: false },
  'safety.prompt.gore': { status: 422, title: 'The prompt asks for gore', retryable: false },
  'safety.prompt.real_person': { status: 422, title: 'The prompt names a real person', retryable: false },
  'safety.output': { status: 422, title: 'A picture of the head was refused', retryable: false },
  'attempt.stale': { status: 409, title: 'This attempt no longer holds the job', retryable: false },
  'attempt.incomplete': { status: 409, title: 'A listed file was not uploaded as stated', retryable: true },
  'job.engine_failed': { status: 500, title: 'The engine could not make this head', retryable: true },
  'job.max_attempts': { status: 500, title: 'Too many attempts ended without a head', retryable: true },
  'job.expired': { status: 504, title: 'The deadline passed before the job began', retryable: true },
  'capacity.paused': { status: 503, title: 'New heads are not accepted at the moment', retryable: true },
  'internal.error': { status: 500, title: 'Something went wrong on our side', retryable: true },
} as const satisfies Record<string, { status: number; title: string; retryable: boolean }>;

export type ErrorCode = keyof typeof ERROR_CODES;
