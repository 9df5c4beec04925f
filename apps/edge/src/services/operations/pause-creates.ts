import type { OperatorInput } from '@headwright/shared/operator/commands';
import { eq } from 'drizzle-orm';
import { switches } from '../../db/schema/switches.ts';
import type { Deps } from '../context.ts';

const NAME = 'creates_paused';

/** Refuses new heads and edits with a sentence; what was accepted goes on. */
export async function pauseCreates({ db, clock }: Deps, { reason }: OperatorInput<'creates.pause'>) {
  const row = { name: NAME, reason, changedAt: clock() } as const;
  await db.insert(switches).values(row).onConflictDoUpdate({ target: switches.name, set: row });
  return row;
}

/** Accepts heads and edits again. */
export async function resumeCreates({ db }: Deps) {
  await db.delete(switches).where(eq(switches.name, NAME));
  return { name: NAME, reason: null };
}
