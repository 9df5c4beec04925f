import type { OperatorInput } from '@headwright/shared/operator/commands';
import { SCOPES } from '@headwright/shared/scopes';
import { and, desc, eq, isNull } from 'drizzle-orm';
import { accounts } from '../../db/schema/accounts.ts';
import { apiKeys } from '../../db/schema/api-keys.ts';
import type { Deps } from '../context.ts';
import { ServiceError } from '../errors.ts';
import { describeKey } from '../keys/describe-key.ts';
import { createKey, hashSecret } from '../keys/format.ts';
import { noAccount } from './accounts.ts';

/** The keys of an account, both modes. */
export async function listAccountKeys({ db, clock }: Deps, { account }: OperatorInput<'keys.list'>) {
  const rows = await db
    .select()
    .from(apiKeys)
    .where(eq(apiKeys.accountId, account))
    .orderBy(desc(apiKeys.id));
  return rows.map((row) => describeKey(row, clock()));
}

/** A key of an account, which can then make others itself. Its secret is shown this once. */
export async function createAccountKey(deps: Deps, input: OperatorInput<'keys.create'>) {
  const { account, mode, name, scopes = [...SCOPES] } = input;
  const [owner] = await deps.db.select({ id: accounts.id }).from(accounts).where(eq(accounts.id, account));
  if (owner === undefined) throw noAccount();
  const secret = createKey(mode === 'live' ? 'hk_live_' : 'hk_test_');
  const id = deps.ids.create('key');
  await deps.db.insert(apiKeys).values({
    ...{ id, accountId: account, mode, name, scopes },
    hash: await hashSecret(secret),
    hint: secret.slice(-4),
    createdAt: deps.clock(),
  });
  return { id, mode, name, scopes, secret };
}

/** Ends a key for good, whoever's it is. */
export async function revokeAccountKey(deps: Deps, { key }: OperatorInput<'keys.revoke'>) {
  const nowMs = deps.clock();
  await deps.db
    .update(apiKeys)
    .set({ revokedAt: nowMs })
    .where(and(eq(apiKeys.id, key), isNull(apiKeys.revokedAt)));
  deps.accountKeys.forgetAll();
  const [row] = await deps.db.select().from(apiKeys).where(eq(apiKeys.id, key));
  if (row === undefined) throw new ServiceError('resource.not_found', 'There is no such key.');
  return describeKey(row, nowMs);
}
