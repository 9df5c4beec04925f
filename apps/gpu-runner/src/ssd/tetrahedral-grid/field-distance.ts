import type { DistanceFunction, SignedDistanceField } from './signed-distance-field.ts';

/** Fixed-point rounds that undo the displacement: its slope is below a half, so four leave a sixteenth of a small bound. */
const UNDO_ROUNDS = 4;

/**
 * Makes the signed distance of the *displaced* surface a function of a world point, as of the latest `refresh`.
 *
 * A point x of the displaced space came from the resting point r with r + bound · tanh(o(r)) = x; the answer is s(r).
 */
export function fieldDistance(field: SignedDistanceField): DistanceFunction {
  const { offsetBound } = field;
  const probe = field.probe();
  const offset = new Float64Array(3);
  return (x, y, z) => {
    let restX = x;
    let restY = y;
    let restZ = z;
    for (let round = 0; round < UNDO_ROUNDS; round++) {
      probe.offset(restX, restY, restZ, offset);
      restX = x - offsetBound * Math.tanh(offset[0]);
      restY = y - offsetBound * Math.tanh(offset[1]);
      restZ = z - offsetBound * Math.tanh(offset[2]);
    }
    return probe.distance(restX, restY, restZ);
  };
}

/** Gradient of a distance function by central differences of half width `step`, world units. */
export function distanceGradient(
  distance: DistanceFunction,
  point: readonly [number, number, number],
  step = 2e-3,
): [number, number, number] {
  const [x, y, z] = point;
  const scale = 0.5 / step;
  return [
    scale * (distance(x + step, y, z) - distance(x - step, y, z)),
    scale * (distance(x, y + step, z) - distance(x, y - step, z)),
    scale * (distance(x, y, z + step) - distance(x, y, z - step)),
  ];
}
