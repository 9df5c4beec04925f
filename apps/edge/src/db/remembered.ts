import { fillPlaceholders, Placeholder, type Query } from 'drizzle-orm';
import type { BatchItem } from 'drizzle-orm/batch';
import type { Database } from './client.ts';

/** A statement that can be built ahead of its values. */
type Preparable = BatchItem<'sqlite'> & { prepare(): Prepared };

/** What drizzle makes of a statement, as far as a batch asks for it. */
interface Prepared {
  getQuery(): Query;
  mapResult(response: unknown, isFromBatch?: boolean): unknown;
}

/** What statements are about: groups of named values. */
type Values<V> = { readonly [Group in keyof V]: object };

/** Stands for a value that is not known yet; whoever computes with it instead of handing it to SQL is told so. */
class Unknown extends Placeholder {
  #refuse(): never {
    throw new Error(`remembered: ${this.name} is not known while the text is built`);
  }
  [Symbol.toPrimitive](): never {
    return this.#refuse();
  }
  toJSON(): never {
    return this.#refuse();
  }
}

/**
 * Statements of a batch whose texts are built once for each set of values that are null, since building costs more than
 * all else that the Worker does about a request. `build` gets a null as it is and every other value unknown: it may ask
 * whether one is null and hand it to SQL, no more. Values that `isUsual` refuses are built with anew each time.
 */
export function remembered<V extends Values<V>, T extends readonly Preparable[]>(
  build: (db: Database, values: V) => T,
  isUsual: (values: V) => boolean = () => true,
): (db: Database, values: V) => T {
  const known = new Map<string, readonly Prepared[]>();
  return (db, values) => {
    if (!isUsual(values)) return build(db, values);
    const filled: Record<string, unknown> = {};
    let shape = '';
    for (const [group, named] of Object.entries<object>(values)) {
      for (const [name, value] of Object.entries(named)) {
        filled[`${group}.${name}`] = value;
        if (value === null) shape += `${group}.${name} `;
      }
    }
    let prepared = known.get(shape);
    if (prepared === undefined) {
      prepared = build(db, unknown(values)).map((statement) => statement.prepare());
      known.set(shape, prepared);
    }
    return asBuilt<T>(prepared.map((statement) => ({ _prepare: () => fill(db, statement, filled) })));
  };
}

/** The values, each that is not null replaced by one that is not known: to SQL they are alike. */
function unknown<V extends Values<V>>(values: V): V {
  const groups = Object.entries<object>(values).map(([group, named]) => {
    const fields = Object.entries(named).map(([name, value]) => [
      name,
      value === null ? null : new Unknown(`${group}.${name}`),
    ]);
    return [group, Object.fromEntries(fields)];
  });
  return Object.fromEntries(groups) as V;
}

/** A statement with its values, in the form in which drizzle's batch over D1 takes one. */
function fill(db: Database, prepared: Prepared, values: Record<string, unknown>) {
  const query = prepared.getQuery();
  const filled = { ...query, params: fillPlaceholders(query.params, values) };
  return {
    stmt: db.$client.prepare(query.sql),
    getQuery: () => filled,
    mapResult: (response: unknown, isFromBatch?: boolean) => prepared.mapResult(response, isFromBatch),
  };
}

/** A batch asks a statement for `_prepare` and nothing else, and reads the result's type from that of the built one. */
function asBuilt<T>(statements: readonly { _prepare(): unknown }[]): T {
  return statements as T;
}
