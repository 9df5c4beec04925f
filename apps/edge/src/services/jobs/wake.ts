import type { Deps } from '../context.ts';
import { expireDeadline } from './expire-deadline.ts';
import { expireLease } from './expire-lease.ts';

/** Ends what is over about a job. Returns when to look again, null when neither a lease nor a deadline is running. */
export async function wakeJob(deps: Deps, jobId: string): Promise<number | null> {
  return (await expireLease(deps, jobId)) ?? (await expireDeadline(deps, jobId));
}
