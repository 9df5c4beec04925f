import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { createKey } from '../apps/edge/src/services/keys/format.ts';
import { type Seed, seedSql } from './seed-sql.ts';
import { runWrangler } from './wrangler.ts';

const LocalKeys = z.strictObject({ apiKey: z.string(), runnerKey: z.string() });
export type LocalKeys = z.infer<typeof LocalKeys>;

/** Brings the local database up to date: migrations, then accounts with the keys given. Both may run again. */
export async function prepareDatabase(
  stateDirectory: string,
  accounts: readonly Seed[],
  signal?: AbortSignal,
): Promise<void> {
  const local = ['--local', '--persist-to', stateDirectory];
  await mkdir(stateDirectory, { recursive: true });
  await runWrangler(['d1', 'migrations', 'apply', 'DB', ...local], signal);
  const seedPath = join(stateDirectory, 'seed.sql');
  await writeFile(seedPath, (await Promise.all(accounts.map(seedSql))).join(''));
  await runWrangler(['d1', 'execute', 'DB', ...local, '--file', seedPath, '--yes'], signal);
  await rm(seedPath);
}

/** The demo account's keys: made once, kept in a file that only its owner can read. */
export async function keepKeys(path: string): Promise<LocalKeys> {
  if (existsSync(path)) return LocalKeys.parse(JSON.parse(await readFile(path, 'utf8')));
  const keys = newKeys();
  await writePrivately(path, keys);
  return keys;
}

/** Keys that nobody has seen before. */
export function newKeys(): LocalKeys {
  return { apiKey: createKey('hk_test_'), runnerKey: createKey('rk_') };
}

/** Writes JSON that holds a secret: whole or not at all, readable by its owner only. */
export async function writePrivately(path: string, value: unknown): Promise<void> {
  await writeFile(`${path}.partial`, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
  await rename(`${path}.partial`, path);
}
