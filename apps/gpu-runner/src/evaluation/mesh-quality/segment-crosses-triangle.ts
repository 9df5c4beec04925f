/** A vertex of a mesh: its positions [V, 3] and where its x stands in them. */
export type Corner = number;

/**
 * Whether the segment p–q passes through the triangle a, b, c from one side of its plane to the other; all are places of x
 * in `positions`. A segment that ends in the plane or lies in it only touches, which is no crossing; one that passes through
 * the triangle's border crosses, or else mirror images that pass through each other would go unseen.
 *
 * Float32 positions are subtracted exactly enough in double precision that a sign is in doubt only where the volume is
 * below its rounding error; such a volume counts as 0, a touch.
 *
 * References: the orientation form of Segura and Feito 2001, error bound as in Shewchuk 1997, section 4.3.
 */
export function segmentCrossesTriangle(
  positions: Float32Array,
  p: Corner,
  q: Corner,
  a: Corner,
  b: Corner,
  c: Corner,
): boolean {
  const sideOfP = side(positions, a, b, c, p);
  const sideOfQ = side(positions, a, b, c, q);
  if (sideOfP * sideOfQ >= 0) return false;
  const around = [side(positions, p, q, a, b), side(positions, p, q, b, c), side(positions, p, q, c, a)];
  return Math.min(...around) >= 0 || Math.max(...around) <= 0;
}

/** Rounding error of the volume over the sum of its terms' magnitudes: 7 + 56·2⁻⁵³ units of 2⁻⁵³, rounded up. */
const ERROR_SHARE = 8 * 2 ** -53;

/** Sign of the volume of the tetrahedron a, b, c, d. */
function side(positions: Float32Array, a: Corner, b: Corner, c: Corner, d: Corner): number {
  const ax = positions[a] - positions[d];
  const ay = positions[a + 1] - positions[d + 1];
  const az = positions[a + 2] - positions[d + 2];
  const bx = positions[b] - positions[d];
  const by = positions[b + 1] - positions[d + 1];
  const bz = positions[b + 2] - positions[d + 2];
  const cx = positions[c] - positions[d];
  const cy = positions[c + 1] - positions[d + 1];
  const cz = positions[c + 2] - positions[d + 2];
  const volume = ax * (by * cz - bz * cy) + ay * (bz * cx - bx * cz) + az * (bx * cy - by * cx);
  const magnitude =
    Math.abs(ax) * (Math.abs(by * cz) + Math.abs(bz * cy)) +
    Math.abs(ay) * (Math.abs(bz * cx) + Math.abs(bx * cz)) +
    Math.abs(az) * (Math.abs(bx * cy) + Math.abs(by * cx));
  return Math.abs(volume) <= ERROR_SHARE * magnitude ? 0 : Math.sign(volume);
}
