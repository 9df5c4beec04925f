import { colorDifference, labOfSrgb } from './color-difference.ts';

/** How much each pixel of two pictures of one view changed. */
export interface ChangeMap {
  /** Side in pixels. */
  readonly size: number;
  /** [size, size]; 0 where neither picture shows the head. */
  readonly change: Float32Array;
  /** [size, size] 1 where either picture shows the head. */
  readonly covered: Uint8Array;
}

/** Compares colors, [S, S, 3] sRGB in [0, 1] each, as CIEDE2000. `covered` [S, S] is 1 where either shows the head. */
export function colorChange(base: Float32Array, edited: Float32Array, covered: Uint8Array): ChangeMap {
  return mapPixels(base, edited, covered, (i) =>
    colorDifference(
      labOfSrgb(base[i], base[i + 1], base[i + 2]),
      labOfSrgb(edited[i], edited[i + 1], edited[i + 2]),
    ),
  );
}

/** Compares normal maps, [S, S, 3] as (n + 1)/2 each, as the angle between normals in degrees. */
export function normalChange(base: Float32Array, edited: Float32Array, covered: Uint8Array): ChangeMap {
  return mapPixels(base, edited, covered, (i) => {
    let [dot, a, b] = [0, 0, 0];
    for (let k = i; k < i + 3; k++) {
      const [n, m] = [2 * base[k] - 1, 2 * edited[k] - 1];
      dot += n * m;
      a += n * n;
      b += m * m;
    }
    return (Math.acos(Math.min(Math.max(dot / Math.sqrt(a * b || 1), -1), 1)) * 180) / Math.PI;
  });
}

/** Mean change of the covered pixels inside and outside a region ([S, S], 1 inside); not-a-number where there are none. */
export function meanChange(
  { change, covered }: ChangeMap,
  region: Uint8Array,
): { readonly inside: number; readonly outside: number } {
  const sums = [0, 0];
  const counts = [0, 0];
  for (let p = 0; p < change.length; p++) {
    if (covered[p] === 0) continue;
    sums[region[p]] += change[p];
    counts[region[p]]++;
  }
  return { inside: sums[1] / counts[1], outside: sums[0] / counts[0] };
}

/** The map as a picture for people, [S, S, 3] in [0, 1]: black to yellow at `full`, white where nothing is shown. */
export function drawChange({ change, covered }: ChangeMap, full: number): Float32Array {
  const image = new Float32Array(3 * change.length).fill(1);
  for (let p = 0; p < change.length; p++) {
    if (covered[p] === 0) continue;
    const share = Math.min(change[p] / full, 1);
    image.set([Math.min(1, 1.5 * share), share * share, 0.2 * share], 3 * p);
  }
  return image;
}

function mapPixels(
  base: Float32Array,
  edited: Float32Array,
  covered: Uint8Array,
  measure: (at: number) => number,
): ChangeMap {
  const size = Math.sqrt(covered.length);
  if (!Number.isInteger(size) || base.length !== 3 * covered.length || edited.length !== base.length) {
    throw new Error(
      `mapPixels: expected square pictures of one size, got ${base.length}, ${edited.length} and ${covered.length}`,
    );
  }
  const change = new Float32Array(covered.length);
  for (let p = 0; p < change.length; p++) if (covered[p] !== 0) change[p] = measure(3 * p);
  return { size, change, covered };
}
