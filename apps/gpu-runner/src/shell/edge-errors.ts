import type { Problem } from '@headwright/shared/api/problem';

/** The edge answered a write with `attempt.stale`: another attempt holds the job, this one says nothing more. */
export class StaleAttempt extends Error {
  override readonly name = 'StaleAttempt';
  constructor(what: string) {
    super(`${what}: this attempt no longer holds the job`);
  }
}

/** The edge refused a request for any other reason; `problem` is null when the body was none of ours. */
export class EdgeRefusal extends Error {
  override readonly name = 'EdgeRefusal';
  readonly status: number;
  readonly problem: Problem | null;
  constructor(what: string, status: number, problem: Problem | null) {
    super(
      `${what}: ${status} ${problem === null ? 'without a problem body' : `${problem.code}: ${problem.detail}`}`,
    );
    this.status = status;
    this.problem = problem;
  }
}

/** Whether the same request may succeed a moment later: no answer, a fault of the server, or one it calls retryable; never a 409. */
export function isWorthRetrying(error: unknown): boolean {
  if (error instanceof StaleAttempt) return false;
  if (!(error instanceof EdgeRefusal)) return true;
  if (error.status === 409) return false;
  return error.status >= 500 || error.status === 429 || error.problem?.retryable === true;
}
