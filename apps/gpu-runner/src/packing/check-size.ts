import type { ModelFile } from '../teacher/checked-files.ts';

/** What a clone may be asked to carry. */
export const SIZE_LIMIT_BYTES = 60 * 2 ** 20;

const NAMED = 3;

/** Refuses a model folder that is larger than `limitBytes`, naming its largest files; returns its size. */
export function checkSize(
  files: readonly Pick<ModelFile, 'path' | 'bytes'>[],
  limitBytes: number = SIZE_LIMIT_BYTES,
): number {
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  if (total <= limitBytes) return total;
  const largest = files.toSorted((a, b) => b.bytes - a.bytes).slice(0, NAMED);
  const named = largest.map(({ path, bytes }) => `${path} ${mebibytes(bytes)}`).join(', ');
  throw new Error(
    `checkSize: expected at most ${mebibytes(limitBytes)}, got ${mebibytes(total)}: ${named}, …`,
  );
}

/** A size in words. */
export function mebibytes(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(1)} MiB`;
}
