import type { TriangleMesh } from '../mesh.ts';

/** How far up the neck's base reaches, head heights: the cut through a neck slants from nape to throat. */
const NECK_BASE_HEIGHT = 0.15;

/** The lowest height, in the middle of what lies up to `NECK_BASE_HEIGHT` above it. */
export function neckBase({ positions }: TriangleMesh): readonly [number, number, number] {
  let bottom = Number.POSITIVE_INFINITY;
  for (let i = 1; i < positions.length; i += 3) bottom = Math.min(bottom, positions[i]);
  const low = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  const high = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 0; i < positions.length; i += 3) {
    if (positions[i + 1] > bottom + NECK_BASE_HEIGHT) continue;
    [positions[i], positions[i + 2]].forEach((value, axis) => {
      low[axis] = Math.min(low[axis], value);
      high[axis] = Math.max(high[axis], value);
    });
  }
  return [(low[0] + high[0]) / 2, bottom, (low[1] + high[1]) / 2];
}
