import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, globSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { parseArgs } from 'node:util';
import { unstable_readConfig as readConfig } from 'wrangler';
import { ROOT, runWrangler } from './wrangler.ts';

const HELP = `Usage: npm run drill [-- options]

The restore drill: exports the database, imports it into an empty one on this machine, compares all tables, indexes and
triggers, and lets reconcile prove the books of the copy. Changes nothing of the original.

  --state DIR     the folder of npm start, which must not be running; default: .headwright
  --remote        the database of the deployment instead (needs wrangler's login); it is not compared
  --keep FILE     keeps the export, which an empty database takes: wrangler d1 execute NAME --remote --file FILE
`;

/** Where wrangler finds the database that is exported. */
async function findSource(state: string, remote: boolean, directory: string): Promise<string[]> {
  if (remote) return ['--remote', '--skip-confirmation'];
  const { name, compatibility_date, d1_databases } = readConfig({ config: join(ROOT, 'wrangler.toml') });
  // Wrangler only looks beside its configuration, so it gets one there.
  await mkdir(join(directory, '.wrangler'), { recursive: true });
  await symlink(state, join(directory, '.wrangler', 'state'));
  const config = join(directory, 'wrangler.json');
  await writeFile(config, JSON.stringify({ name, compatibility_date, d1_databases, send_metrics: false }));
  return ['--local', '--config', config];
}

/**
 * Exports a database as SQL that an empty one takes: tables, rows, then indexes and triggers. Wrangler's whole export has
 * each table's rows right after the table, before the tables that they refer to.
 */
async function exportDatabase(source: readonly string[], directory: string): Promise<string> {
  const read = async (flag: string): Promise<string> => {
    const path = join(directory, `export${flag}.sql`);
    await runWrangler(['d1', 'export', 'DB', ...source, '--output', path, flag]);
    return readFile(path, 'utf8');
  };
  const schema = (await read('--no-data')).split(/^(?=CREATE )/m);
  const isTable = (statement: string): boolean => !/^CREATE (UNIQUE )?(INDEX|TRIGGER|VIEW)/.test(statement);
  const parts = [
    ...schema.filter(isTable),
    await read('--no-schema'),
    ...schema.filter((each) => !isTable(each)),
  ];
  const path = join(directory, 'backup.sql');
  await writeFile(path, parts.map((part) => part.trimEnd()).join('\n'));
  return path;
}

/** The one database file of a state folder, copied: it is looked at, not opened in place. */
function openCopy(state: string, directory: string): DatabaseSync {
  const folder = join(state, 'v3', 'd1');
  const [file, ...others] = globSync('**/*.sqlite', { cwd: folder }).filter(
    (name) => !name.includes('metadata'),
  );
  if (file === undefined || others.length > 0) {
    throw new Error(
      `expected one database in ${folder}, got ${others.length + (file === undefined ? 0 : 1)}`,
    );
  }
  cpSync(join(folder, file, '..'), directory, { recursive: true });
  return new DatabaseSync(join(directory, file.split('/').at(-1) ?? ''));
}

/** Each table, index and trigger with a digest of its definition and rows. */
function contentsOf(database: DatabaseSync): Map<string, string> {
  const objects = database
    .prepare(
      "select type, name, sql from sqlite_schema where name not like 'sqlite_%' and name not like '\\_cf\\_%' escape '\\'",
    )
    .all();
  return new Map(
    objects.map(({ type, name, sql }) => {
      const digest = createHash('sha256').update(String(sql).replaceAll(/\s+/g, ' '));
      const rows = type === 'table' ? database.prepare(`select * from "${String(name)}"`).all() : [];
      for (const row of rows.map((each) => JSON.stringify(each)).toSorted()) digest.update(row);
      return [`${String(type)} ${String(name)}`, `${rows.length} rows ${digest.digest('hex')}`];
    }),
  );
}

function reconcile(state: string): Promise<number | null> {
  const script = join(ROOT, 'scripts', 'operator', 'reconcile.ts');
  const child = spawn(process.execPath, [script, '--state', state], { stdio: 'inherit' });
  return new Promise((end) => child.on('exit', end));
}

function compare(original: string, restored: string, directory: string): void {
  const before = contentsOf(openCopy(original, join(directory, 'before')));
  const after = contentsOf(openCopy(restored, join(directory, 'after')));
  const names = new Set([...before.keys(), ...after.keys()]);
  const differing = [...names].filter((name) => before.get(name) !== after.get(name));
  for (const name of differing) console.error(`differs: ${name}`);
  if (differing.length > 0) throw new Error(`${differing.length} of ${names.size} objects differ`);
  console.log(`${names.size} tables, indexes and triggers are the same after export and import.`);
}

async function run({
  state,
  remote,
  keep,
}: {
  state: string;
  remote: boolean;
  keep?: string;
}): Promise<void> {
  const original = join(resolve(ROOT, state), 'state');
  if (!remote && !existsSync(original)) throw new Error(`expected a state folder of npm start, got ${state}`);
  const directory = await mkdtemp(join(tmpdir(), 'headwright-drill-'));
  try {
    const sqlPath = await exportDatabase(await findSource(original, remote, directory), directory);
    if (keep !== undefined) cpSync(sqlPath, keep);
    const restored = join(directory, 'restored', 'state');
    await mkdir(restored, { recursive: true });
    await runWrangler([
      'd1',
      'execute',
      'DB',
      '--local',
      '--persist-to',
      restored,
      '--file',
      sqlPath,
      '--yes',
    ]);
    if (!remote) {
      compare(original, restored, directory);
      // The local meter lies in R2, which the export leaves out.
      const files = join(original, 'v3', 'r2');
      if (existsSync(files)) cpSync(files, join(restored, 'v3', 'r2'), { recursive: true });
    }
    if ((await reconcile(join(directory, 'restored'))) !== 0) {
      throw new Error('the books of the copy do not agree');
    }
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

const { values } = parseArgs({
  options: {
    state: { type: 'string', default: '.headwright' },
    remote: { type: 'boolean', default: false },
    keep: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) console.log(HELP);
else {
  try {
    await run(values);
  } catch (error) {
    console.error(`drill: ${error instanceof Error ? error.message : String(error)}`);
    process.exit(1);
  }
}
