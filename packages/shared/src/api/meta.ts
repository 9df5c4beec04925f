import { z } from 'zod';

/** Answer of `GET /healthz`. */
export const Health = z.object({ status: z.literal('ok') }).meta({ id: 'Health' });

/** Answer of `GET /v1/errors/{code}`. */
export const ErrorMeaning = z
  .object({
    code: z.string(),
    status: z.number().int().describe('The HTTP status that comes with it.'),
    title: z.string(),
    retryable: z.boolean().describe('Whether the same request may succeed later.'),
  })
  .meta({ id: 'ErrorMeaning' });
