/**
 * The color of a surface, written into the texels of its UV atlas.
 *
 * Color is a function of the world position, so each texel asks at the point of the surface that it lies
 * on, and the decimated mesh gets the color of the detailed one.
 */
import type { TriangleMesh } from '../mesh.ts';
import type { UnwrappedMesh } from './unwrap.ts';

/** Colors at points: [N, 3] world → [N, 3] sRGB in [0, 1]. */
export type ColorAt = (points: Float32Array) => Promise<Float32Array>;

/** An sRGB texture, top row first. */
export interface BakedTexture {
  readonly size: number;
  /** [size, size, 3] bytes. */
  readonly pixels: Uint8Array;
  /** Share of the texels that lie on the surface; the others repeat their nearest colors. */
  readonly coverage: number;
}

/** Points asked for at once: enough to be quick, and little memory. */
const BATCH_POINTS = 65_536;

/** A bilinear lookup reads texels whose centers are less than a texel away along both axes. */
const REACH_SQUARED = 2;

/** Bakes `colorAt` over `mesh` (whose cut copy is `unwrapped`) into a square texture of `size` texels. */
export async function bakeColor(
  mesh: TriangleMesh,
  unwrapped: UnwrappedMesh,
  colorAt: ColorAt,
  size: number,
): Promise<BakedTexture> {
  const points = new Float32Array(size * size * 3);
  const texels = locateTexels(mesh, unwrapped, size, points);
  if (texels.length === 0) throw new Error('bakeColor: expected texels on the surface, got none');
  const colors = new Float32Array(size * size * 3);
  for (let first = 0; first < texels.length; first += BATCH_POINTS) {
    const batch = texels.subarray(first, first + BATCH_POINTS);
    const batchColors = await colorAt(gather(points, batch));
    batch.forEach((texel, i) => colors.set(batchColors.subarray(3 * i, 3 * i + 3), 3 * texel));
  }
  fillOutward(colors, texels, size);
  const pixels = new Uint8Array(colors.length);
  for (let i = 0; i < pixels.length; i++) pixels[i] = Math.round(255 * Math.min(Math.max(colors[i], 0), 1));
  return { size, pixels, coverage: texels.length / (size * size) };
}

function gather(points: Float32Array, texels: Uint32Array): Float32Array {
  const gathered = new Float32Array(3 * texels.length);
  texels.forEach((texel, i) => gathered.set(points.subarray(3 * texel, 3 * texel + 3), 3 * i));
  return gathered;
}

/**
 * Finds the texels that a bilinear lookup on the surface can read and writes the surface point of each into
 * `points` [size, size, 3]; returns their indices in ascending order.
 *
 * Inside a triangle that is the point under the texel's center; beside the charts, up to a texel's diagonal
 * away, it is the nearest point of the nearest triangle. Charts too thin to hold a center get their color so.
 */
function locateTexels(
  mesh: TriangleMesh,
  { indices, uvs }: UnwrappedMesh,
  size: number,
  points: Float32Array,
): Uint32Array {
  const { positions: p } = mesh;
  const squareDistances = new Float32Array(size * size).fill(REACH_SQUARED);
  const corners = new Float64Array(6);
  const weights = new Float64Array(3);
  for (let t = 0; t < indices.length; t += 3) {
    for (let k = 0; k < 6; k++) corners[k] = size * uvs[2 * indices[t + (k >> 1)] + (k & 1)];
    const [ax, ay, bx, by, cx, cy] = corners;
    const a = 3 * mesh.indices[t];
    const b = 3 * mesh.indices[t + 1];
    const c = 3 * mesh.indices[t + 2];
    const left = Math.max(Math.floor(Math.min(ax, bx, cx) - 1.5), 0);
    const right = Math.min(Math.ceil(Math.max(ax, bx, cx) + 0.5), size - 1);
    const top = Math.max(Math.floor(Math.min(ay, by, cy) - 1.5), 0);
    const bottom = Math.min(Math.ceil(Math.max(ay, by, cy) + 0.5), size - 1);
    for (let y = top; y <= bottom; y++) {
      for (let x = left; x <= right; x++) {
        const texel = y * size + x;
        if (squareDistances[texel] === 0) continue;
        const squareDistance = nearestPoint(corners, x + 0.5, y + 0.5, weights);
        if (squareDistance >= squareDistances[texel]) continue;
        squareDistances[texel] = squareDistance;
        for (let axis = 0; axis < 3; axis++)
          points[3 * texel + axis] =
            weights[0] * p[a + axis] + weights[1] * p[b + axis] + weights[2] * p[c + axis];
      }
    }
  }
  return Uint32Array.from(squareDistances.keys()).filter((texel) => squareDistances[texel] < REACH_SQUARED);
}

/**
 * Writes the barycentric weights of the point of a flat triangle (x, y of each corner) that is nearest to
 * (x, y), and returns the square of its distance: 0 inside.
 */
function nearestPoint(corners: Float64Array, x: number, y: number, weights: Float64Array): number {
  const [ax, ay, bx, by, cx, cy] = corners;
  const area = (bx - ax) * (cy - ay) - (cx - ax) * (by - ay);
  if (area !== 0) {
    const v = ((x - ax) * (cy - ay) - (y - ay) * (cx - ax)) / area;
    const w = ((y - ay) * (bx - ax) - (x - ax) * (by - ay)) / area;
    if (v >= 0 && w >= 0 && v + w <= 1) {
      weights[0] = 1 - v - w;
      weights[1] = v;
      weights[2] = w;
      return 0;
    }
  }
  let nearest = Number.POSITIVE_INFINITY;
  for (let from = 0; from < 3; from++) {
    const to = (from + 1) % 3;
    const fx = corners[2 * from];
    const fy = corners[2 * from + 1];
    const ex = corners[2 * to] - fx;
    const ey = corners[2 * to + 1] - fy;
    const square = ex * ex + ey * ey;
    const along = square === 0 ? 0 : Math.min(Math.max(((x - fx) * ex + (y - fy) * ey) / square, 0), 1);
    const distance = (fx + along * ex - x) ** 2 + (fy + along * ey - y) ** 2;
    if (distance >= nearest) continue;
    nearest = distance;
    weights.fill(0);
    weights[from] = 1 - along;
    weights[to] = along;
  }
  return nearest;
}

/**
 * Grows the charts ring by ring until no texel is empty: an empty texel takes the mean of its neighbors of
 * earlier rings. Filtering and mip levels then never see a color that is not the surface's.
 */
function fillOutward(colors: Float32Array, covered: Uint32Array, size: number): void {
  const EMPTY = 0xffffffff;
  const ring = new Uint32Array(size * size).fill(EMPTY);
  for (const texel of covered) ring[texel] = 0;
  let frontier = covered;
  for (let distance = 1; frontier.length > 0; distance++) {
    // (1) Empty neighbors of the last ring.
    const next: number[] = [];
    for (const texel of frontier) {
      forEachNeighbor(texel, size, (neighbor) => {
        if (ring[neighbor] !== EMPTY) return;
        ring[neighbor] = distance;
        next.push(neighbor);
      });
    }
    // (2) Their colors.
    for (const texel of next) {
      let count = 0;
      const sum = [0, 0, 0];
      forEachNeighbor(texel, size, (neighbor) => {
        if (ring[neighbor] >= distance) return;
        count++;
        for (let c = 0; c < 3; c++) sum[c] += colors[3 * neighbor + c];
      });
      for (let c = 0; c < 3; c++) colors[3 * texel + c] = sum[c] / count;
    }
    frontier = Uint32Array.from(next);
  }
}

function forEachNeighbor(texel: number, size: number, visit: (neighbor: number) => void): void {
  const x = texel % size;
  const y = (texel - x) / size;
  for (let ny = Math.max(y - 1, 0); ny <= Math.min(y + 1, size - 1); ny++)
    for (let nx = Math.max(x - 1, 0); nx <= Math.min(x + 1, size - 1); nx++)
      if (nx !== x || ny !== y) visit(ny * size + nx);
}
