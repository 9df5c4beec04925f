import type { TapeEntry, Value } from '../graph.ts';

/**
 * The backward pass of one operation: the gradients of its inputs, given the gradient of its output.
 *
 * `wanted[i]` says whether input i needs one; the entry of an unwanted input is ignored and may be null.
 */
export type VjpRule = (
  entry: TapeEntry,
  gradient: Value,
  wanted: readonly boolean[],
) => readonly (Value | null)[];

/** Reads an integer attribute of a tape entry. */
export function integerOf({ op, attributes }: TapeEntry, name: string): number {
  const value = attributes[name];
  if (typeof value !== 'number')
    throw new Error(`${op}: expected an integer ${name}, got ${JSON.stringify(value)}`);
  return value;
}

/** Reads an attribute of several integers of a tape entry. */
export function integersOf({ op, attributes }: TapeEntry, name: string): readonly number[] {
  const value = attributes[name];
  if (typeof value !== 'object' || 'float' in value) {
    throw new Error(`${op}: expected integers ${name}, got ${JSON.stringify(value)}`);
  }
  return value;
}

/** Reads a float attribute of a tape entry. */
export function floatOf({ op, attributes }: TapeEntry, name: string): number {
  const value = attributes[name];
  if (typeof value !== 'object' || !('float' in value)) {
    throw new Error(`${op}: expected a float ${name}, got ${JSON.stringify(value)}`);
  }
  return value.float;
}
