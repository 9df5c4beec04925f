import type { assets } from '../../db/schema/assets.ts';

type File = typeof assets.$inferSelect;

/** One file of each name, the newest, in the order of the names. */
export function newestByName(files: readonly File[]): File[] {
  const newest = new Map<string, File>();
  for (const file of files.toSorted((one, other) => (one.id < other.id ? -1 : 1)))
    newest.set(file.name, file);
  return [...newest.values()].toSorted((one, other) => (one.name < other.name ? -1 : 1));
}
