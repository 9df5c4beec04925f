import type { AccountActor } from '../context.ts';
import { hashSecret } from '../keys/format.ts';
import type { IdempotencyClaim } from './claim.ts';

/** What a request with an `Idempotency-Key` is. */
export interface KeyedRequest {
  key: string;
  method: string;
  /** The route's pattern; the path below says which object. */
  route: string;
  path: string;
  body: unknown;
  endUser: string | null;
}

/** Hashes of a request: equal for equal JSON whatever the order of its keys, different for anything else. */
export async function fingerprint(actor: AccountActor, request: KeyedRequest): Promise<IdempotencyClaim> {
  const { key, method, route, path, body, endUser } = request;
  const scope = [actor.accountId, actor.mode, endUser, method, route, key];
  const [scopeHash, bodyHash] = await Promise.all([
    hashSecret(JSON.stringify(scope)),
    hashSecret(JSON.stringify([path, sorted(body)])),
  ]);
  return { scope: scopeHash, fingerprint: bodyHash };
}

/** The same value in one way of writing. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  // Pairs, since an object would put names that look like numbers first.
  const pairs = Object.entries(value).map(([name, inner]) => [name, sorted(inner)] as const);
  return { pairs: pairs.toSorted(([a], [b]) => (a < b ? -1 : 1)) };
}
