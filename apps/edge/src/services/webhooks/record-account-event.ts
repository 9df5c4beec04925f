import type { AccountEventData } from '@headwright/shared/api/event-data';
import type { AccountEventType } from '@headwright/shared/event-types';
import { type SQL, sql } from 'drizzle-orm';
import type { Database } from '../../db/client.ts';
import { insertSelect } from '../../db/insert-select.ts';
import { accountEvents } from '../../db/schema/account-events.ts';
import type { KeyMode } from '../context.ts';
import { fanOutAccountEvent } from './fan-out.ts';

/** Something that happened to an account, apart from its jobs. */
export interface NewAccountEvent {
  /** `deps.ids.create('evt')`. */
  id: string;
  accountId: string;
  mode: KeyMode;
  type: AccountEventType;
  /** Ids and addresses; nothing that must be erased some day. */
  data: AccountEventData;
  atMs: number;
}

/**
 * Two statements for the batch that does what the event tells: the event, and its deliveries. `guard` must be true for
 * the event to be recorded. Whoever runs the batch may ring `doorbell.deliveryDue` for each `endpointId` that the second
 * one returns; the sweep does so within a minute.
 */
export function recordAccountEvent(db: Database, event: NewAccountEvent, guard: SQL = sql`true`) {
  const { id, accountId, mode, type, data, atMs } = event;
  return [
    insertSelect(
      db,
      accountEvents,
      { id, accountId, mode, type, data, createdAt: atMs, mailedAt: null },
      sql`where ${guard}`,
    ),
    fanOutAccountEvent(db, id, atMs),
  ] as const;
}
