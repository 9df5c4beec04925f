import type { Problem } from './generated/types.ts';

/** What the API refused, with its reason; branch on `code`. */
export class HeadwrightError extends Error {
  override readonly name = 'HeadwrightError';
  /** The code of the problem document; `http.<status>` when a proxy answered in its own words. */
  readonly code: string;
  readonly status: number;
  /** Give this to support. */
  readonly requestId: string | null;
  readonly problem: Problem | null;

  constructor(status: number, requestId: string | null, problem: Problem | null) {
    super(problem === null ? `The edge answered with ${status}.` : problem.detail);
    this.code = problem?.code ?? `http.${status}`;
    this.status = status;
    this.requestId = requestId;
    this.problem = problem;
  }
}
