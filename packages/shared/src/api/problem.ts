import { z } from 'zod';

/** One thing wrong with a request: where (RFC 6901 JSON pointer), a stable code, and a sentence. */
export const ProblemDetail = z.object({ pointer: z.string(), code: z.string(), detail: z.string() });
export type ProblemDetail = z.infer<typeof ProblemDetail>;

/**
 * The body of every error answer and of `job.error`, media type `application/problem+json`.
 *
 * References: RFC 9457.
 */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string(),
  instance: z.string().optional(),
  code: z.string(),
  request_id: z.string().optional(),
  retryable: z.boolean(),
  errors: z.array(ProblemDetail).optional(),
});
export type Problem = z.infer<typeof Problem>;
