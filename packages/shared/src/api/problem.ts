import { z } from 'zod';

/** One thing wrong with a request: where (RFC 6901 JSON pointer), a stable code, and a sentence. */
export const ProblemDetail = z
  .object({
    pointer: z.string().describe('RFC 6901, into the body that was sent.'),
    code: z.string(),
    detail: z.string().describe('For people.'),
  })
  .meta({ id: 'ProblemDetail' });
export type ProblemDetail = z.infer<typeof ProblemDetail>;

/**
 * The body of every error answer and of `job.error`, media type `application/problem+json`.
 *
 * References: RFC 9457.
 */
export const Problem = z
  .object({
    type: z.string().describe('Leads to what the code means.'),
    title: z.string(),
    status: z.number().int(),
    detail: z.string().describe('For people; says what was wrong this time.'),
    instance: z.string().optional().describe('The path that was asked for.'),
    code: z.string().describe('Branch on this. The list is closed: docs/errors.md.'),
    request_id: z.string().optional(),
    retryable: z.boolean().describe('Whether the same request may succeed later.'),
    appeal_url: z.string().optional().describe('Where a refusal by moderation is appealed against.'),
    errors: z.array(ProblemDetail).optional().describe('What is wrong with the body, one entry a fault.'),
  })
  .meta({ id: 'Problem' });
export type Problem = z.infer<typeof Problem>;
