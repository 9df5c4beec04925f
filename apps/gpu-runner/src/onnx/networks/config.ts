import { z } from 'zod';

/** A config field that must be absent or one of the values that the compiler supports. */
export function only<T extends string | number | boolean | null>(...values: [T, ...T[]]) {
  return z.literal(values).default(() => values[0]);
}

/** A whole number of at least 1. */
export const count = z.int().min(1);

/** One whole number for all levels, or one per level. */
export const countPerLevel = z.union([count, z.array(count).min(1)]);

/**
 * Parses the config.json of a diffusers network; keys with a leading underscore are about the file, not the network.
 *
 * `schema` is a strict object, so every field is either understood or refused by name with the value it had.
 */
export function parseConfig<Config>(className: string, schema: z.ZodType<Config>, json: unknown): Config {
  const fields = z.record(z.string(), z.unknown()).parse(json);
  if (fields['_class_name'] !== className) {
    throw new Error(
      `parseConfig: expected _class_name ${className}, got ${JSON.stringify(fields['_class_name'])}`,
    );
  }
  const own = Object.fromEntries(Object.entries(fields).filter(([name]) => !name.startsWith('_')));
  const result = schema.safeParse(own);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const name = issue.code === 'unrecognized_keys' ? issue.keys[0] : issue.path.join('.');
  const got = JSON.stringify(own[String(issue.code === 'unrecognized_keys' ? name : issue.path[0])]);
  throw new Error(`${className}: expected a supported ${name} (${issue.message}), got ${got}`);
}

/** The value of a per-level field for each of `levels` levels; throws when a list has another length. */
export function perLevel(name: string, value: number | readonly number[], levels: number): readonly number[] {
  if (typeof value === 'number') return new Array<number>(levels).fill(value);
  if (value.length !== levels)
    throw new Error(`perLevel: expected ${levels} values of ${name}, got [${value}]`);
  return value;
}
