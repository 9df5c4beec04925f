import type { OperatorCommand } from '@headwright/shared/operator/commands';
import { type SQL, sql } from 'drizzle-orm';
import { insertSelect } from '../../db/insert-select.ts';
import { auditLog } from '../../db/schema/audit-log.ts';
import type { AccountContext, Deps } from '../context.ts';

/** What is written down for good: who did what to which object. It names objects, never what they contain. */
export interface Audit {
  accountId: string;
  /** A key, a client token, or what of ours it was. */
  actor: string;
  action:
    | 'head.delete'
    | 'account.export'
    | 'account.update'
    | 'account.delete'
    | 'key.create'
    | 'key.update'
    | 'key.rotate'
    | 'key.revoke'
    | 'client_token.revoke'
    | 'limits.set'
    | `operator.${OperatorCommand}`;
  target: string;
  requestId: string;
}

/** The record of what a customer does. */
export function auditOf(
  { actor, requestId }: AccountContext,
  action: Audit['action'],
  target: string,
): Audit {
  return { accountId: actor.accountId, actor: actor.clientTokenId ?? actor.keyId, action, target, requestId };
}

/** Part of a batch: writes the record down if the condition holds. */
export function auditStatement({ db, ids, clock }: Deps, audit: Audit, condition: SQL = sql`true`) {
  const row = { ...audit, id: ids.create('aud'), createdAt: clock() };
  return insertSelect(db, auditLog, row, sql`where ${condition}`);
}
