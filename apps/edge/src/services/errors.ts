import type { ProblemDetail } from '@headwright/shared/api/problem';
import { ERROR_CODES, type ErrorCode } from '@headwright/shared/error-codes';

/** Facts that a transport may turn into headers. */
export interface ServiceErrorFacts {
  errors?: ProblemDetail[];
  retryAfterSeconds?: number;
  /** Size of the file that a range missed. */
  fileBytes?: number;
  allowedMethods?: string[];
  /** Where to appeal against the refusal. */
  appealUrl?: string;
}

/** An expected refusal, with a code of the closed list. Anything else that is thrown is our own fault. */
export class ServiceError extends Error {
  override readonly name = 'ServiceError';
  readonly code: ErrorCode;
  readonly facts: ServiceErrorFacts;

  constructor(code: ErrorCode, detail?: string, facts: ServiceErrorFacts = {}) {
    super(detail ?? `${ERROR_CODES[code].title}.`);
    this.code = code;
    this.facts = facts;
  }
}
