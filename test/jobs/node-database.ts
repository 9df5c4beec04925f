import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';

const MIGRATIONS_DIRECTORY = join(import.meta.dirname, '../../migrations');

/** Every migration's SQL, in order, read once. */
const MIGRATIONS = readdirSync(MIGRATIONS_DIRECTORY)
  .filter((name) => name.endsWith('.sql'))
  .toSorted()
  .map((name) => readFileSync(`${MIGRATIONS_DIRECTORY}/${name}`, 'utf8'))
  .join('\n');

/**
 * A D1 binding over an empty SQLite database in this process's memory, with all migrations applied: the same SQL on the
 * same engine as D1, about a hundred times as fast as through workerd. As in D1, a batch is one transaction.
 */
export function openNodeDatabase(): D1Database {
  const sqlite = new DatabaseSync(':memory:');
  sqlite.exec('PRAGMA foreign_keys = OFF');
  sqlite.exec(MIGRATIONS);
  sqlite.exec('PRAGMA foreign_keys = ON');
  const prepared = new Map<string, StatementSync>();
  const prepare = (text: string): StatementSync => {
    const known = prepared.get(text) ?? sqlite.prepare(text);
    prepared.set(text, known);
    return known;
  };
  const database = {
    prepare: (text: string) => new NodeStatement(() => prepare(text), []),
    async batch(statements: readonly NodeStatement[]) {
      sqlite.exec('BEGIN IMMEDIATE');
      try {
        const results = statements.map((statement) => statement.run());
        sqlite.exec('COMMIT');
        return results;
      } catch (error) {
        sqlite.exec('ROLLBACK');
        throw error;
      }
    },
  };
  return asD1(database);
}

/** One statement with its values. */
class NodeStatement {
  readonly #prepare: () => StatementSync;
  readonly #values: SQLInputValue[];

  constructor(prepare: () => StatementSync, values: SQLInputValue[]) {
    this.#prepare = prepare;
    this.#values = values;
  }

  bind(...values: (SQLInputValue | boolean)[]): NodeStatement {
    return new NodeStatement(
      this.#prepare,
      values.map((value) => (typeof value === 'boolean' ? Number(value) : value)),
    );
  }

  /** Rows as objects. Drizzle reads nothing else of the answer. */
  run() {
    const statement = this.#prepare();
    statement.setReturnArrays(false);
    return { results: statement.all(...this.#values), success: true, meta: {} };
  }

  async all() {
    return this.run();
  }

  async raw(): Promise<unknown[]> {
    const statement = this.#prepare();
    statement.setReturnArrays(true);
    return statement.all(...this.#values);
  }
}

/** Drizzle calls `prepare`, `bind`, `all`, `raw`, `run` and `batch` and no other member of a binding. */
function asD1(database: object): D1Database {
  return database as D1Database;
}
