/** The average bald adult in head heights, around the origin at mid height. */
export interface LipSurface {
  /** [V, 3]. */
  readonly positions: ArrayLike<number>;
  /** [F, 3] triangles of the skin. */
  readonly skin: ArrayLike<number>;
  /** [V] 0 … 1: how much a vertex belongs to the red of the lips. */
  readonly lips: ArrayLike<number>;
  /** [V, 3] what an opening jaw ('fu/jawOpen') moves. */
  readonly jawOpen: ArrayLike<number>;
}

/** Sections across the mouth, from the subject's left corner to the right one, head heights. */
const SECTIONS = [0.088, 0.066, 0.044, 0.022, 0, -0.022, -0.044, -0.066, -0.088];
const HALF_SECTION = 0.009;
/** An opening jaw takes the lower lip down by more than this. */
const LOWER_LIP_DROP = 0.06;

/**
 * The inner contour of the lips, where they meet: a closed chain of vertices along the upper lip's lower edge and back
 * along the lower lip's upper edge. The jaw's expression tells the lips apart, the normal what faces the front.
 */
export function innerLips(head: LipSurface): number[] {
  const normals = frontNormals(head);
  const candidates = [...normals.keys()].filter(
    (v) => head.lips[v] > 0.3 && (normals.get(v) ?? 0) > 0 && head.positions[v * 3 + 2] > 0.3,
  );
  const edge = (x: number, lower: boolean): number => {
    const side = candidates.filter(
      (v) =>
        Math.abs(head.positions[v * 3] - x) < HALF_SECTION &&
        head.jawOpen[v * 3 + 1] < -LOWER_LIP_DROP === lower,
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
function frontNormals({ positions: p, skin }: LipSurface): Map<number, number> {
  const fronts = new Map<number, number>();
  for (let f = 0; f < skin.length; f += 3) {
    const [a, b, c] = [skin[f] * 3, skin[f + 1] * 3, skin[f + 2] * 3];
    const front = (p[b] - p[a]) * (p[c + 1] - p[a + 1]) - (p[b + 1] - p[a + 1]) * (p[c] - p[a]);
    for (let k = 0; k < 3; k++) fronts.set(skin[f + k], (fronts.get(skin[f + k]) ?? 0) + front);
  }
  return fronts;
}
