import { OPERATOR_COMMANDS, type OperatorCommand } from '@headwright/shared/operator/commands';
import { desc, eq } from 'drizzle-orm';
import type { z } from 'zod';
import { auditLog } from '../../db/schema/audit-log.ts';
import { auditStatement } from '../audit/audit-statement.ts';
import { addCredit } from '../billing/add-credit.ts';
import { refundJob } from '../billing/refund-job.ts';
import { setTerms } from '../billing/set-terms.ts';
import type { Deps, OperatorContext } from '../context.ts';
import { createAccountKey, listAccountKeys, revokeAccountKey } from './account-keys.ts';
import { createAccount, listAccounts, showAccount, updateAccount } from './accounts.ts';
import { dismissFlag, listAllFlags } from './flags.ts';
import { inspectJob } from './inspect-job.ts';
import { pauseCreates, resumeCreates } from './pause-creates.ts';
import { requeueJob } from './requeue-job.ts';
import { createRunnerKey, listRunnerKeys, revokeRunnerKey } from './runner-keys.ts';

/** Checks a value against a schema; throws what names its faults. */
type Parse = <T>(schema: z.ZodType<T>, value: unknown) => T;

/** A command whose fields are known and right: ready to run. */
interface ReadyCommand {
  fields: ReadonlyMap<string, unknown>;
  run(deps: Deps): Promise<unknown>;
}
type Command = (value: unknown, parse: Parse) => ReadyCommand;

/** Ties a command's schema to what it does. */
function command<T extends object>(
  schema: z.ZodType<T>,
  run: (deps: Deps, input: T) => Promise<unknown>,
): Command {
  return (value, parse) => {
    const input = parse(schema, value);
    return { fields: new Map(Object.entries(input)), run: (deps) => run(deps, input) };
  };
}

const SCHEMAS = OPERATOR_COMMANDS;

const COMMANDS: Readonly<Record<OperatorCommand, Command>> = {
  'accounts.list': command(SCHEMAS['accounts.list'], listAccounts),
  'accounts.create': command(SCHEMAS['accounts.create'], createAccount),
  'accounts.show': command(SCHEMAS['accounts.show'], showAccount),
  'accounts.update': command(SCHEMAS['accounts.update'], updateAccount),
  'keys.list': command(SCHEMAS['keys.list'], listAccountKeys),
  'keys.create': command(SCHEMAS['keys.create'], createAccountKey),
  'keys.revoke': command(SCHEMAS['keys.revoke'], revokeAccountKey),
  'runner_keys.list': command(SCHEMAS['runner_keys.list'], listRunnerKeys),
  'runner_keys.create': command(SCHEMAS['runner_keys.create'], createRunnerKey),
  'runner_keys.revoke': command(SCHEMAS['runner_keys.revoke'], revokeRunnerKey),
  'credits.add': command(
    SCHEMAS['credits.add'],
    async (deps, { account: accountId, mode, amount: amountMinor, reference }) => {
      await showAccount(deps, { account: accountId });
      await addCredit(deps, { accountId, mode, amountMinor, reference });
      return showAccount(deps, { account: accountId });
    },
  ),
  'terms.set': command(
    SCHEMAS['terms.set'],
    async (deps, { account: accountId, mode, arrangement, credit_limit: creditLimitMinor = null }) => {
      await showAccount(deps, { account: accountId });
      await setTerms(deps, { accountId, mode, arrangement, creditLimitMinor });
      return showAccount(deps, { account: accountId });
    },
  ),
  'jobs.show': command(SCHEMAS['jobs.show'], inspectJob),
  'jobs.requeue': command(SCHEMAS['jobs.requeue'], requeueJob),
  'jobs.refund': command(SCHEMAS['jobs.refund'], async (deps, { job }) => ({
    job,
    refunded: await refundJob(deps, job),
  })),
  'flags.list': command(SCHEMAS['flags.list'], listAllFlags),
  'flags.dismiss': command(SCHEMAS['flags.dismiss'], dismissFlag),
  'creates.pause': command(SCHEMAS['creates.pause'], pauseCreates),
  'creates.resume': command(SCHEMAS['creates.resume'], resumeCreates),
  'audit.list': command(SCHEMAS['audit.list'], ({ db }, { account, limit }) =>
    db
      .select()
      .from(auditLog)
      .where(account === undefined ? undefined : eq(auditLog.accountId, account))
      .orderBy(desc(auditLog.id))
      .limit(limit),
  ),
};

/** Commands that change nothing and leave no record. */
const READS: ReadonlySet<string> = new Set(['list', 'show']);

/** Runs one command of an operator. Whatever changes something is written down before it is done. */
export async function runCommand(
  { deps, actor, requestId }: OperatorContext,
  name: OperatorCommand,
  value: unknown,
  parse: Parse,
): Promise<unknown> {
  const { fields, run } = COMMANDS[name](value, parse);
  if (!READS.has(name.split('.')[1] ?? '')) {
    const target = ['job', 'key', 'runner_key', 'flag', 'account']
      .map((field) => fields.get(field))
      .find(Boolean);
    await auditStatement(deps, {
      accountId: String(fields.get('account') ?? 'operator'),
      actor: actor.name,
      action: `operator.${name}`,
      target: String(target ?? name),
      requestId,
    });
  }
  return run(deps);
}

/** Whether there is a command of this name. */
export function isCommand(name: string): name is OperatorCommand {
  return Object.hasOwn(COMMANDS, name);
}
