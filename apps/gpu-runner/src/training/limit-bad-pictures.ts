import type { StoredExample } from '../dataset/shards/dataset-files.ts';

/** Which bad pictures a training sees; null: all of the data set. */
export interface BadPictureLimits {
  /** Largest share of them among all, 0 … 1. */
  readonly badShare: number | null;
  /** Their first defects. */
  readonly badKinds: readonly string[] | null;
}

/**
 * The training examples `train` without the bad pictures that the limits leave out: every good one, and of the bad ones
 * of the wanted kinds as many as the share allows, evenly spread.
 *
 * Throws when `badKinds` names a kind that no example has.
 */
export function limitBadPictures(
  examples: readonly StoredExample[],
  train: Uint32Array,
  { badShare, badKinds }: BadPictureLimits,
): Uint32Array {
  const defects = new Set(examples.flatMap(({ defect }) => defect ?? []));
  for (const kind of badKinds ?? []) {
    if (!defects.has(kind))
      throw new Error(`limitBadPictures: expected badKinds of ${[...defects].join(', ')}, got ${kind}`);
  }
  const defectOf = (n: number): string | null => examples[n].defect;
  const good = [...train].filter((n) => defectOf(n) === null);
  const bad = [...train].filter((n) => {
    const defect = defectOf(n);
    return defect !== null && (badKinds === null || badKinds.includes(defect));
  });
  const allowed =
    badShare === null || badShare === 1
      ? bad.length
      : Math.min(bad.length, Math.round((good.length * badShare) / (1 - badShare)));
  // Kind by kind, so that every one keeps its share.
  const byKind = [...Map.groupBy(bad, defectOf).values()].flat();
  const kept = Array.from({ length: allowed }, (_, i) => byKind[Math.floor((i * bad.length) / allowed)]);
  return Uint32Array.from([...good, ...kept]).sort();
}
