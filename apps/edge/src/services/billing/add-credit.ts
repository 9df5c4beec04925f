import type { Deps } from '../context.ts';
import { type Movement, movementStatement } from './movement-statement.ts';

/** Gives an account credit, as an operator; once for its reference, which says why. */
export async function addCredit(
  { db, ids, clock }: Pick<Deps, 'db' | 'ids' | 'clock'>,
  credit: Omit<Movement, 'id' | 'kind' | 'atMs'>,
): Promise<void> {
  await movementStatement(db, { ...credit, id: ids.create('led'), kind: 'credit', atMs: clock() });
}
