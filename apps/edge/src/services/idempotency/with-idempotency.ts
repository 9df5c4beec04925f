import { eq } from 'drizzle-orm';
import { idempotencyKeys } from '../../db/schema/idempotency-keys.ts';
import type { AccountContext } from '../context.ts';
import { ServiceError } from '../errors.ts';
import type { IdempotencyClaim } from './claim.ts';
import { fingerprint, type KeyedRequest } from './fingerprint.ts';

/** A request's answer, and whether it is that of an earlier one. */
interface Answered<T> {
  answer: T;
  replayed: boolean;
}

/**
 * Answers a request that makes a job, once for each key. `act` puts the claim into the batch of its job; `replay`
 * rebuilds the first answer from the job. A key whose request was refused stands for nothing.
 *
 * What `act` does is undone by a key that is there already, so nobody looks for it before; unless `act` can answer
 * without making a job, which `looksFirst` says.
 */
export async function withIdempotency<T>(
  ctx: AccountContext,
  request: KeyedRequest | null,
  act: (claim: IdempotencyClaim | null) => Promise<T>,
  replay: (jobId: string) => Promise<T>,
  looksFirst = false,
): Promise<Answered<T>> {
  if (request === null) return { answer: await act(null), replayed: false };
  const claim = await fingerprint(ctx.actor, request);
  const repeat = async (): Promise<Answered<T> | null> => {
    const jobId = await findJob(ctx, claim);
    return jobId === null ? null : { answer: await replay(jobId), replayed: true };
  };
  const leave = ctx.deps.inFlight.enter(claim.scope);
  try {
    const earlier = looksFirst || leave === null ? await repeat() : null;
    if (earlier !== null) return earlier;
    if (leave === null) {
      throw new ServiceError('idempotency.in_flight', undefined, { retryAfterSeconds: 1 });
    }
    return { answer: await act(claim), replayed: false };
  } catch (error) {
    // The key broke the batch of a repeat, or speaks before its refusal; so it does for a twin in another isolate, and
    // where the job was made before something broke.
    const made = await repeat();
    if (made === null) throw error;
    return made;
  } finally {
    leave?.();
  }
}

/** The job that the key stands for, null before there is one. */
async function findJob(ctx: AccountContext, claim: IdempotencyClaim): Promise<string | null> {
  const [found] = await ctx.deps.db
    .select({ jobId: idempotencyKeys.jobId, fingerprint: idempotencyKeys.fingerprint })
    .from(idempotencyKeys)
    .where(eq(idempotencyKeys.scope, claim.scope));
  if (found === undefined) return null;
  if (found.fingerprint === '') throw new ServiceError('resource.deleted', 'The head was deleted.');
  if (found.fingerprint === claim.fingerprint) return found.jobId;
  const detail = 'This Idempotency-Key was used for a request with another body. Take a new one.';
  throw new ServiceError('idempotency.key_reused', detail);
}
