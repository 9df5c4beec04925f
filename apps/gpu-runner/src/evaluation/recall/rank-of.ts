/**
 * Place of the value at `index` among all, 1 the least; equal values count as smaller, so that a judge that tells nothing
 * apart puts everyone last.
 */
export function rankOf(values: readonly number[], index: number): number {
  return values.filter((value) => value <= values[index]).length;
}
