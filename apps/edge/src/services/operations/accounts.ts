import type { OperatorInput } from '@headwright/shared/operator/commands';
import { desc, eq } from 'drizzle-orm';
import { accounts } from '../../db/schema/accounts.ts';
import { wallets } from '../../db/schema/wallets.ts';
import { movementStatement } from '../billing/movement-statement.ts';
import type { Deps } from '../context.ts';
import { ServiceError } from '../errors.ts';
import { PLANS } from '../quotas/plans.ts';

/** The newest accounts. */
export function listAccounts({ db }: Deps, { limit }: OperatorInput<'accounts.list'>) {
  return db.select().from(accounts).orderBy(desc(accounts.id)).limit(limit);
}

/** An account with the limits of its plan, and credit with which its test keys can try everything. */
export async function createAccount(
  { db, ids, clock }: Deps,
  { name, plan, email, test_credit: testCreditMinor }: OperatorInput<'accounts.create'>,
) {
  const id = ids.create('acct');
  const atMs = clock();
  const credit = {
    id: ids.create('led'),
    accountId: id,
    mode: 'test' as const,
    kind: 'credit' as const,
    amountMinor: testCreditMinor,
    reference: `${id}:test`,
    atMs,
  };
  const [[row]] = await db.batch([
    db
      .insert(accounts)
      .values({ id, name, plan, contactEmail: email ?? null, ...limitsOf(plan), createdAt: atMs })
      .returning(),
    ...(testCreditMinor === 0 ? [] : [movementStatement(db, credit)]),
  ]);
  return row;
}

/** An account and what it may spend. */
export async function showAccount({ db }: Deps, { account }: OperatorInput<'accounts.show'>) {
  const [rows, spending] = await db.batch([
    db.select().from(accounts).where(eq(accounts.id, account)),
    db.select().from(wallets).where(eq(wallets.accountId, account)),
  ]);
  if (rows[0] === undefined) throw noAccount();
  return { ...rows[0], wallets: spending };
}

/** Changes what is named; a new plan brings its limits, and limits that are named beside it win. */
export async function updateAccount({ db }: Deps, input: OperatorInput<'accounts.update'>) {
  const { account, name, plan, email, running_limit: runningLimit, waiting_limit: waitingLimit } = input;
  const [row] = await db
    .update(accounts)
    .set({
      ...(name === undefined ? {} : { name }),
      ...(email === undefined ? {} : { contactEmail: email }),
      ...(plan === undefined ? {} : { plan, ...limitsOf(plan) }),
      ...(runningLimit === undefined ? {} : { runningLimit }),
      ...(waitingLimit === undefined ? {} : { waitingLimit }),
      // Something must be set; the id is what it is.
      id: account,
    })
    .where(eq(accounts.id, account))
    .returning();
  if (row === undefined) throw noAccount();
  return row;
}

/** The refusal of an account that there is not. */
export const noAccount = () => new ServiceError('resource.not_found', 'There is no such account.');

function limitsOf(plan: string) {
  const found = Object.entries(PLANS).find(([name]) => name === plan)?.[1];
  if (found === undefined) {
    throw new ServiceError('input.invalid', `There is no plan ${plan}: ${Object.keys(PLANS).join(', ')}.`, {
      errors: [{ pointer: '/plan', code: 'invalid_value', detail: 'is not a plan' }],
    });
  }
  return { runningLimit: found.runningLimit, waitingLimit: found.waitingLimit };
}
