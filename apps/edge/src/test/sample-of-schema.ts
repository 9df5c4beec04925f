import type { JsonSchema } from '../http/openapi-document.ts';

/** Numbers in [0, 1) that depend on the seed alone. References: mulberry32 (public domain). */
export function makeRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** What samples are drawn from. */
export interface SampleSource {
  random: () => number;
  components: Record<string, JsonSchema>;
  /** Ids that exist, by prefix: `head_`. */
  ids: Map<string, string[]>;
}

const WORDS = [
  'a red demon with horns',
  'an old man with a white beard',
  'green orc',
  'clown',
  'Frau mit Brille',
];
const UNKNOWN_ID = '0'.repeat(26);

/** One of them. */
export function pick<T>(random: () => number, values: readonly T[]): T {
  const value = values[Math.floor(random() * values.length)];
  if (value === undefined) throw new Error('pick: expected at least one value');
  return value;
}

function sampleString(schema: JsonSchema, { random, ids }: SampleSource): string {
  if (schema.examples !== undefined) return String(pick(random, schema.examples));
  const prefix = /^\^([a-z]+_)\[/.exec(schema.pattern ?? '')?.[1];
  if (prefix !== undefined) return pick(random, ids.get(prefix) ?? [`${prefix}${UNKNOWN_ID}`]);
  if (schema.format === 'date-time') return new Date(Date.now() + (random() - 0.5) * 1e9).toISOString();
  if (schema.format === 'uri') return 'http://127.0.0.1:9/hook';
  if (schema.pattern !== undefined) return `name-${Math.floor(random() * 3)}`;
  return pick(random, WORDS).slice(0, schema.maxLength ?? 1000);
}

function sampleNumber(schema: JsonSchema, { random }: SampleSource): number {
  const least = schema.minimum ?? 0;
  const most = Math.min(schema.maximum ?? least + 1000, least + 1e6);
  const value = pick(random, [least, most, least + Math.floor(random() * (most - least + 1))]);
  return schema.type === 'integer' ? Math.floor(value) : value;
}

/** Something that a JSON Schema admits; each optional field is there half of the time. */
export function sampleOf(schema: JsonSchema, source: SampleSource): unknown {
  const { random, components } = source;
  const referred = components[schema.$ref?.split('/').at(-1) ?? ''];
  if (referred !== undefined) return sampleOf(referred, source);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return pick(random, schema.enum);
  const alternatives = schema.anyOf ?? schema.oneOf;
  if (alternatives !== undefined) return sampleOf(pick(random, alternatives), source);
  const type = Array.isArray(schema.type) ? pick(random, schema.type) : schema.type;
  if (type === 'null') return null;
  if (type === 'boolean') return random() < 0.5;
  if (type === 'string') return sampleString(schema, source);
  if (type === 'integer' || type === 'number') return sampleNumber({ ...schema, type }, source);
  if (type === 'array') return sampleArray(schema, source);
  if (type === 'object') return sampleObject(schema, source);
  return 'anything';
}

function sampleArray(schema: JsonSchema, source: SampleSource): unknown[] {
  const length = Math.max(schema.minItems ?? 0, Math.floor(source.random() * 3));
  const values = Array.from({ length }, () => sampleOf(schema.items as JsonSchema, source));
  return [...new Set(values)];
}

function sampleObject(schema: JsonSchema, source: SampleSource): Record<string, unknown> {
  const { properties = {}, required = [], additionalProperties } = schema;
  if (typeof additionalProperties === 'object') return { order: sampleOf(additionalProperties, source) };
  const chosen = Object.entries(properties).filter(
    ([name]) => required.includes(name) || source.random() < 0.5,
  );
  return Object.fromEntries(chosen.map(([name, field]) => [name, sampleOf(field as JsonSchema, source)]));
}
