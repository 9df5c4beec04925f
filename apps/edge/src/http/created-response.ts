import type { z } from 'zod';
import type { AppContext } from './context.ts';
import type { ResponseContract } from './contract.ts';

/** What a POST promises that makes something with a secret, which is shown this once; for its contract. */
export function createdWithSecret(description: string, schema: z.ZodType): Record<201, ResponseContract> {
  return { 201: { description, schema, headers: { Location: 'Path of what was made.' } } };
}

/** The answer of such a POST, which nobody may keep a copy of. */
export function createdResponse(c: AppContext, made: { urls: { self: string } }): Response {
  return c.json(made, 201, { Location: made.urls.self, 'Cache-Control': 'no-store' });
}
