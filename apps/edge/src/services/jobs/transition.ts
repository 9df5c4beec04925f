import { isTerminal } from '@headwright/shared/job-state';
import { sql } from 'drizzle-orm';
import type { BatchItem } from 'drizzle-orm/batch';
import type { Database } from '../../db/client.ts';
import { remembered } from '../../db/remembered.ts';
import { pinSettlement, settleStatements } from '../billing/settle-statements.ts';
import type { Deps } from '../context.ts';
import { applyChange, type Changed, type NewEvent, readHistory } from './apply-change.ts';
import { type Change, changeJob } from './change-job.ts';
import { justChanged, promoteOldest } from './statements.ts';

/** A wish to change a job's state. */
export interface Transition extends Change {
  /** Statements of a batch that ends the job; each must write nothing unless the job's newest event is `eventId`. */
  alongside?: (eventId: string) => BatchItem<'sqlite'>[];
}

/** Of a job that has just ended: its slot goes to the next, and its hold ends. */
const settleEnd = remembered((db: Database, { event }: { event: NewEvent }) => {
  const account = sql`(select account_id from jobs where ${justChanged(event.id)})`;
  return [promoteOldest(db, account, event.atMs), ...settleStatements(db, event.id)] as const;
});

/**
 * Changes a job's state, records the event, and gives a freed slot to the next waiting job: all or nothing,
 * in one batch. Returns the changed job and its work, or null when the guard matched no row and nothing happened.
 *
 * A guard that matches nothing does not abort a batch, so every other statement hangs on the event id that
 * only the first one writes.
 */
export async function transition(deps: Deps, wish: Transition): Promise<Changed | null> {
  const { db, ids, clock } = deps;
  const event = { id: ids.create('evt'), atMs: clock() };
  const history = readHistory(db, { event });
  if (!isTerminal(wish.to)) return applyChange(deps, event, changeJob(db, wish, event.id), history);
  // The files of an ended job's attempts are deleted, its checkpoint among them.
  const set = { ...wish.set, checkpoint: null, ...pinSettlement(ids.create('led')) };
  const alongside = wish.alongside?.(event.id) ?? [];
  const rest = [...history, ...settleEnd(db, { event }), ...alongside] as const;
  return applyChange(deps, event, changeJob(db, { ...wish, set }, event.id), rest);
}
