import type { OperatorInput } from '@headwright/shared/operator/commands';
import { and, desc, eq, isNull } from 'drizzle-orm';
import { runnerKeys } from '../../db/schema/runner-keys.ts';
import type { Deps } from '../context.ts';
import { ServiceError } from '../errors.ts';
import { createKey, hashSecret } from '../keys/format.ts';

/** What of a runner's key may be shown. */
const SHOWN = {
  id: runnerKeys.id,
  name: runnerKeys.name,
  mode: runnerKeys.mode,
  createdAt: runnerKeys.createdAt,
  revokedAt: runnerKeys.revokedAt,
};

/** All keys of runners. */
export function listRunnerKeys({ db }: Deps) {
  return db.select(SHOWN).from(runnerKeys).orderBy(desc(runnerKeys.id));
}

/** A key of a runner. Its secret is shown this once. */
export async function createRunnerKey(deps: Deps, { name, mode }: OperatorInput<'runner_keys.create'>) {
  const secret = createKey('rk_');
  const id = deps.ids.create('rnr');
  const hash = await hashSecret(secret);
  await deps.db.insert(runnerKeys).values({ id, name, mode, hash, createdAt: deps.clock() });
  return { id, name, mode, secret };
}

/** Ends a runner's key for good; its jobs come back when their leases end. */
export async function revokeRunnerKey(deps: Deps, input: OperatorInput<'runner_keys.revoke'>) {
  const { db, clock } = deps;
  const isThis = eq(runnerKeys.id, input.runner_key);
  await db
    .update(runnerKeys)
    .set({ revokedAt: clock() })
    .where(and(isThis, isNull(runnerKeys.revokedAt)));
  deps.runnerKeys.forgetAll();
  const [row] = await db.select(SHOWN).from(runnerKeys).where(isThis);
  if (row === undefined) throw new ServiceError('resource.not_found', 'There is no such runner key.');
  return row;
}
