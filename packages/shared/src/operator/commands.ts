import { z } from 'zod';
import { ARRANGEMENTS } from '../ledger-kind.ts';
import { SCOPES } from '../scopes.ts';

const Id = (prefix: string) => z.string().regex(new RegExp(`^${prefix}_[a-z0-9_]{1,40}$`));
const Account = Id('acct').describe('ID of the account');
const Mode = z.enum(['test', 'live']);
const Count = z.coerce.number().int();
const Limit = Count.min(1).max(1000).default(50).describe('how many at most');
const Email = z.email().max(254).describe('where its owner is mailed');
const Name = z.string().trim().min(1).max(100);

/**
 * What an operator can do, by name; `npm run admin` asks for it as `POST /operator/v1/{command}` with these fields.
 * Values may be text, as a command line has them.
 */
export const OPERATOR_COMMANDS = {
  'accounts.list': z.strictObject({ limit: Limit }),
  'accounts.create': z.strictObject({
    name: Name,
    plan: z.string().default('free'),
    email: Email.optional(),
    test_credit: Count.min(0)
      .max(100_000_000)
      .default(10_000)
      .describe('play money for test keys, in the minor unit of the currency'),
  }),
  'accounts.show': z.strictObject({ account: Account }),
  'accounts.update': z.strictObject({
    account: Account,
    name: Name.optional(),
    plan: z.string().optional().describe('takes over its limits, too'),
    email: Email.optional(),
    running_limit: Count.min(1).max(1_000_000).optional(),
    waiting_limit: Count.min(0).max(1_000_000).optional(),
  }),
  'keys.list': z.strictObject({ account: Account }),
  'keys.create': z.strictObject({
    account: Account,
    mode: Mode,
    name: Name.default('first key'),
    scopes: z
      .string()
      .transform((text) => text.split(','))
      .pipe(z.array(z.enum(SCOPES)).min(1))
      .optional()
      .describe('separated by commas; default: all'),
  }),
  'keys.revoke': z.strictObject({ key: Id('key') }),
  'runner_keys.list': z.strictObject({}),
  'runner_keys.create': z.strictObject({ name: Name, mode: z.enum(['test', 'live', 'any']).default('any') }),
  'runner_keys.revoke': z.strictObject({ runner_key: Id('rnr') }),
  'credits.add': z.strictObject({
    account: Account,
    mode: Mode,
    amount: Count.min(1).max(100_000_000).describe('in the minor unit of the currency'),
    reference: z.string().min(1).max(100).describe('why; the same reference adds once'),
  }),
  'terms.set': z
    .strictObject({
      account: Account,
      mode: Mode,
      arrangement: z.enum(ARRANGEMENTS),
      credit_limit: Count.min(0).optional().describe('a month, in the minor unit; for invoiced accounts'),
    })
    .refine(
      ({ arrangement, credit_limit: limit }) => (arrangement === 'invoiced') === (limit !== undefined),
      {
        path: ['credit_limit'],
        error: 'belongs to invoiced accounts, and to each of them',
      },
    ),
  'jobs.show': z.strictObject({ job: Id('job') }),
  'jobs.requeue': z.strictObject({ job: Id('job') }),
  'jobs.refund': z.strictObject({ job: Id('job') }),
  'flags.list': z.strictObject({
    appealed: z.enum(['true', 'false']).default('true').describe('only those with an open appeal'),
    limit: Limit,
  }),
  'flags.dismiss': z.strictObject({ flag: Id('flag') }),
  'creates.pause': z.strictObject({
    reason: z.string().min(1).max(500).describe('a sentence for customers'),
  }),
  'creates.resume': z.strictObject({}),
  'audit.list': z.strictObject({ account: Account.optional(), limit: Limit }),
} as const;

export type OperatorCommand = keyof typeof OPERATOR_COMMANDS;

/** The fields of a command, checked. */
export type OperatorInput<C extends OperatorCommand> = z.output<(typeof OPERATOR_COMMANDS)[C]>;
