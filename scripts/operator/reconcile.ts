import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { getPlatformProxy, unstable_readConfig as readConfig } from 'wrangler';
import { z } from 'zod';
import { openDatabase } from '../../apps/edge/src/db/client.ts';
import { type Bindings, parseStripe } from '../../apps/edge/src/env.ts';
import { systemClock } from '../../apps/edge/src/ports/clock.ts';
import { createIds } from '../../apps/edge/src/ports/ids.ts';
import { openLocalPayments } from '../../apps/edge/src/ports/payments/local.ts';
import { openStripe } from '../../apps/edge/src/ports/payments/stripe.ts';
import { type Reconciliation, reconcile } from '../../apps/edge/src/services/billing/reconcile.ts';

const ROOT = resolve(import.meta.dirname, '../..');

const HELP = `Usage: npm run reconcile [-- options]

Proves that the ledger, the jobs, the balances and the payment provider's meter say the same, or tells where they
do not (and ends with status 1). Changes nothing.

  --state DIR     the folder of npm start; default: .headwright
  --remote        the books of the deployment (needs wrangler's login)
  --json          the result as JSON
  --help          this text

With STRIPE_SECRET_KEY, STRIPE_WEBHOOK_SECRET, STRIPE_METER_EVENT and STRIPE_METER_ID in the environment the meter is
Stripe's.
`;

/** What of wrangler.toml says where the books lie. */
const StorageConfig = z.object({
  name: z.string(),
  compatibility_date: z.string(),
  d1_databases: z.array(z.looseObject({ binding: z.string() })),
  r2_buckets: z.array(z.looseObject({ binding: z.string() })),
});

function print({ findings, ...sums }: Reconciliation): void {
  console.log(
    `${sums.entries} ledger entries, ${sums.jobs} priced jobs, ${sums.capturedMinor} cents captured, ` +
      `${sums.meteredMinor} cents on the meter`,
  );
  for (const { claim, count, examples } of findings) {
    console.log(`WRONG (${count}): ${claim}`);
    for (const example of examples) console.log(`  ${example}`);
  }
  console.log(findings.length === 0 ? 'The books agree.' : 'The books do not agree.');
}

/** The database and the files of wrangler.toml alone: nothing here needs the rest, whose absence would be warned of. */
async function writeStorageConfig(directory: string, remote: boolean): Promise<string> {
  const config = StorageConfig.parse(readConfig({ config: join(ROOT, 'wrangler.toml') }));
  const path = join(directory, 'wrangler.json');
  const storage = {
    ...config,
    send_metrics: false,
    d1_databases: config.d1_databases.map((database) => ({ ...database, remote })),
    r2_buckets: config.r2_buckets.map((bucket) => ({ ...bucket, remote })),
  };
  await writeFile(path, JSON.stringify(storage));
  return path;
}

async function run(): Promise<number> {
  const { values } = parseArgs({
    options: {
      state: { type: 'string', default: '.headwright' },
      remote: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const directory = await mkdtemp(join(tmpdir(), 'reconcile-'));
  const { env, dispose } = await getPlatformProxy<Bindings>({
    configPath: await writeStorageConfig(directory, values.remote),
    persist: { path: join(resolve(ROOT, values.state), 'state', 'v3') },
  });
  try {
    const ids = createIds(systemClock);
    const local = openLocalPayments(env.FILES, { clock: systemClock, token: ids.token });
    const stripe = parseStripe(process.env);
    const result = await reconcile({
      db: openDatabase(env.DB),
      clock: systemClock,
      payments: { test: local, live: stripe === null ? local : openStripe(stripe) },
    });
    if (values.json) console.log(JSON.stringify(result));
    else print(result);
    return result.findings.length === 0 ? 0 : 1;
  } finally {
    await dispose();
    await rm(directory, { recursive: true });
  }
}

try {
  process.exit(await run());
} catch (error) {
  console.error(`reconcile: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(2);
}
