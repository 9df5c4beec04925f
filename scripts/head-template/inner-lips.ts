import type { AverageHead } from './average-head.ts';

/** Sections across the mouth, from the subject's left corner to the right one, head heights. */
const SECTIONS = [0.088, 0.066, 0.044, 0.022, 0, -0.022, -0.044, -0.066, -0.088];
const HALF_SECTION = 0.009;
/** An opening jaw takes the lower lip down by more than this. */
const LOWER_LIP_DROP = 0.06;

/**
 * The inner contour of the lips, where they meet: a closed chain along the upper lip's lower edge and back along the
 * lower lip's upper edge. The jaw's expression tells the lips apart, the normal what faces the front.
 */
export function innerLips(head: AverageHead): number[] {
  const opening = head.target('fu/jawOpen');
  const normals = frontNormals(head);
  const candidates = [...normals.keys()].filter(
    (v) => head.lips[v] > 0.3 && (normals.get(v) ?? 0) > 0 && head.positions[v * 3 + 2] > 0.3,
  );
  const edge = (x: number, lower: boolean): number => {
    const side = candidates.filter(
      (v) =>
        Math.abs(head.positions[v * 3] - x) < HALF_SECTION && opening[v * 3 + 1] < -LOWER_LIP_DROP === lower,
    );
    const height = (v: number): number => head.positions[v * 3 + 1] * (lower ? 1 : -1);
    if (side.length === 0) throw new Error(`innerLips: expected a lip at x ${x}, got no vertex`);
    return side.reduce((best, v) => (height(v) > height(best) ? v : best));
  };
  const upper = SECTIONS.map((x) => edge(x, false));
  const lower = SECTIONS.map((x) => edge(x, true));
  return [...upper, ...lower.reverse()];
}

/** The z part of the area-weighted normal of every skin vertex. */
function frontNormals({ positions, triangles, parts, rendered }: AverageHead): Map<number, number> {
  const fronts = new Map<number, number>();
  for (let f = 0; f < parts.length; f++) {
    if (parts[f] !== 0 || rendered[f] === 0) continue;
    const corners = triangles.subarray(f * 3, f * 3 + 3);
    const [a, b, c] = Array.from(corners, (v) => positions.subarray(v * 3, v * 3 + 3));
    const front = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
    for (const v of corners) fronts.set(v, (fronts.get(v) ?? 0) + front);
  }
  return fronts;
}
