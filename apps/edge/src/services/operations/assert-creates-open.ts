import { eq, sql } from 'drizzle-orm';
import { switches } from '../../db/schema/switches.ts';
import type { Deps } from '../context.ts';
import { ServiceError } from '../errors.ts';

/** What a refused create is told to wait; nobody knows how long an operator needs. */
const PAUSED_RETRY_SECONDS = 300;

/** No operator has paused creates, at the moment of the statement: a condition. */
export const CREATES_OPEN = sql`not exists (select 1 from switches where name = 'creates_paused')`;

/** Throws while an operator has paused creates; jobs that were accepted before go on. */
export async function assertCreatesOpen({ db }: Deps): Promise<void> {
  const [paused] = await db.select().from(switches).where(eq(switches.name, 'creates_paused'));
  if (paused === undefined) return;
  throw new ServiceError('capacity.paused', paused.reason, { retryAfterSeconds: PAUSED_RETRY_SECONDS });
}
