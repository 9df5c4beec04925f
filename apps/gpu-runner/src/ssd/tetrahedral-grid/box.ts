/** An axis-aligned box in world units. */
export interface Box {
  readonly min: readonly [number, number, number];
  readonly max: readonly [number, number, number];
}

/** A box cut into equal cubes: `counts` of them along x, y and z from `origin`. */
export interface CubeDivision {
  readonly origin: readonly [number, number, number];
  readonly counts: readonly [number, number, number];
  readonly size: number;
}

/** Covers a box with cubes of `size`, centered on it, so that a symmetric box gets a symmetric division. */
export function divideBox(box: Box, size: number): CubeDivision {
  if (!(size > 0)) throw new Error(`divideBox: expected a positive cube size, got ${size}`);
  const axis = (k: 0 | 1 | 2): { count: number; origin: number } => {
    const length = box.max[k] - box.min[k];
    if (!(length > 0))
      throw new Error(`divideBox: expected max above min on axis ${k}, got length ${length}`);
    // The tolerance keeps 1.6 / 0.4 at four cubes although the quotient is 4.000000000000001.
    const count = Math.max(1, Math.ceil(length / size - 1e-6));
    return { count, origin: (box.min[k] + box.max[k] - count * size) / 2 };
  };
  const [x, y, z] = [axis(0), axis(1), axis(2)];
  return { origin: [x.origin, y.origin, z.origin], counts: [x.count, y.count, z.count], size };
}
