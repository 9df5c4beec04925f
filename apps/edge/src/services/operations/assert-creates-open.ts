import { eq } from 'drizzle-orm';
import { switches } from '../../db/schema/switches.ts';
import type { Deps } from '../context.ts';
import { ServiceError } from '../errors.ts';

/** What a refused create is told to wait; nobody knows how long an operator needs. */
const PAUSED_RETRY_SECONDS = 300;

/** Throws while an operator has paused creates; jobs that were accepted before go on. */
export async function assertCreatesOpen({ db }: Deps): Promise<void> {
  const [paused] = await db.select().from(switches).where(eq(switches.name, 'creates_paused'));
  if (paused === undefined) return;
  throw new ServiceError('capacity.paused', paused.reason, { retryAfterSeconds: PAUSED_RETRY_SECONDS });
}
