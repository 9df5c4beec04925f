import { hashSecret, keyPrefix } from '../apps/edge/src/services/keys/format.ts';
import { PLANS } from '../apps/edge/src/services/quotas/plans.ts';

export interface Seed {
  readonly apiKey: string;
  readonly runnerKey: string;
  readonly accountId?: string;
  readonly accountName?: string;
  /** `free` unless said otherwise; the limits below replace those of the plan. */
  readonly plan?: keyof typeof PLANS;
  readonly runningLimit?: number;
  readonly waitingLimit?: number;
  /** Credit that the account is given once in each mode, cents. */
  readonly creditMinor?: number;
}

/** SQL text of a value; our own, never a stranger's, but quoted all the same. */
const literal = (value: string | number) =>
  typeof value === 'number' ? String(value) : `'${value.replaceAll("'", "''")}'`;

/** Credit of an account in one mode, unless it was given before: the ledger refuses a second row, so it is not tried. */
const grant = (id: string, accountId: string, mode: string, amountMinor: number) =>
  `INSERT INTO ledger_entries (id, account_id, mode, kind, arrangement, amount_minor, currency, key_id, period, reference, created_at)
    SELECT ${[id, accountId, mode, 'credit', 'prepaid', amountMinor, 'usd', '', '1970-01', `seed:${accountId}:${mode}`, 0].map(literal).join(', ')}
    WHERE NOT EXISTS (SELECT 1 FROM ledger_entries WHERE kind = 'credit' AND reference = ${literal(`seed:${accountId}:${mode}`)});`;

const insert = (table: string, row: Record<string, string | number>, onConflict: string) =>
  `INSERT INTO ${table} (${Object.keys(row).join(', ')}) VALUES (${Object.values(row).map(literal).join(', ')}) ${onConflict};`;

/**
 * The statements that make a demo account with one API key, and one runner's key. Running them again changes
 * nothing but the account's limits; its credit is given once. Keys enter the database as hashes only.
 */
export async function seedStatements(seed: Seed): Promise<string[]> {
  const prefix = keyPrefix(seed.apiKey);
  if (prefix !== 'hk_test_' && prefix !== 'hk_live_')
    throw new Error('seedStatements: apiKey is not an API key');
  if (keyPrefix(seed.runnerKey) !== 'rk_') throw new Error("seedStatements: runnerKey is not a runner's key");
  const plan = seed.plan ?? 'free';
  const account = {
    id: seed.accountId ?? 'acct_demo',
    name: seed.accountName ?? 'Demo',
    plan,
    running_limit: seed.runningLimit ?? PLANS[plan].runningLimit,
    waiting_limit: seed.waitingLimit ?? PLANS[plan].waitingLimit,
    created_at: 0,
  };
  const apiKeyHash = await hashSecret(seed.apiKey);
  const runnerKeyHash = await hashSecret(seed.runnerKey);
  const apiKey = {
    id: `key_${apiKeyHash.slice(0, 26)}`,
    account_id: account.id,
    mode: prefix === 'hk_test_' ? 'test' : 'live',
    hash: apiKeyHash,
    name: 'first key',
    hint: seed.apiKey.slice(-4),
    created_at: 0,
  };
  const runnerKey = {
    id: `rnr_${runnerKeyHash.slice(0, 26)}`,
    name: 'local runner',
    hash: runnerKeyHash,
    mode: 'any',
    created_at: 0,
  };
  const newLimits =
    'ON CONFLICT (id) DO UPDATE SET plan = excluded.plan, running_limit = excluded.running_limit, waiting_limit = excluded.waiting_limit';
  return [
    insert('accounts', account, newLimits),
    insert('api_keys', apiKey, 'ON CONFLICT DO NOTHING'),
    insert('runner_keys', runnerKey, 'ON CONFLICT DO NOTHING'),
    ...['test', 'live'].map((mode) =>
      grant(
        `led_${mode === 'test' ? 't' : 'v'}${apiKeyHash.slice(0, 25)}`,
        account.id,
        mode,
        seed.creditMinor ?? 100_000,
      ),
    ),
  ];
}

/** The same as one script, for `wrangler d1 execute --file`. */
export async function seedSql(seed: Seed): Promise<string> {
  return `${(await seedStatements(seed)).join('\n')}\n`;
}
