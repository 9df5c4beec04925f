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

/** Bakes `colorAt` over `mesh` (whose cut copy is `unwrapped`) into a square texture of `size` texels. */
export async function bakeColor(
  mesh: TriangleMesh,
  unwrapped: UnwrappedMesh,
  colorAt: ColorAt,
  size: number,
): Promise<BakedTexture> {
  const { texels, points } = locateTexels(mesh, unwrapped, size);
  if (texels.length === 0) throw new Error('bakeColor: expected texels on the surface, got none');
  const colors = new Float32Array(size * size * 3);
  for (let first = 0; first < texels.length; first += BATCH_POINTS) {
    const batch = await colorAt(points.slice(3 * first, 3 * (first + BATCH_POINTS)));
    for (let i = 0; i < batch.length; i += 3) {
      const o = 3 * texels[first + i / 3];
      colors[o] = batch[i];
      colors[o + 1] = batch[i + 1];
      colors[o + 2] = batch[i + 2];
    }
  }
  fillOutward(colors, texels, size);
  const pixels = new Uint8Array(colors.length);
  for (let i = 0; i < pixels.length; i++) pixels[i] = Math.round(255 * Math.min(Math.max(colors[i], 0), 1));
  return { size, pixels, coverage: texels.length / (size * size) };
}

/** Texels whose centers lie in a chart ([N]), and the surface points there ([N, 3] world). */
function locateTexels(
  mesh: TriangleMesh,
  { indices, uvs }: UnwrappedMesh,
  size: number,
): { texels: Uint32Array; points: Float32Array } {
  const { positions: p } = mesh;
  const texels = new Uint32Array(size * size);
  const points = new Float32Array(size * size * 3);
  const taken = new Uint8Array(size * size);
  let count = 0;
  for (let t = 0; t < indices.length; t += 3) {
    // (1) The triangle in texels, and its doubled signed area.
    const [ax, ay, bx, by, cx, cy] = [0, 1, 2].flatMap((corner) => {
      const vertex = indices[t + corner];
      return [uvs[2 * vertex] * size, uvs[2 * vertex + 1] * size];
    });
    const area = (bx - ax) * (cy - ay) - (cx - ax) * (by - ay);
    if (area === 0) continue;
    const a = 3 * mesh.indices[t];
    const b = 3 * mesh.indices[t + 1];
    const c = 3 * mesh.indices[t + 2];
    // (2) Every texel center of its bounding box that lies inside.
    const left = Math.max(Math.ceil(Math.min(ax, bx, cx) - 0.5), 0);
    const right = Math.min(Math.floor(Math.max(ax, bx, cx) - 0.5), size - 1);
    const top = Math.max(Math.ceil(Math.min(ay, by, cy) - 0.5), 0);
    const bottom = Math.min(Math.floor(Math.max(ay, by, cy) - 0.5), size - 1);
    for (let y = top; y <= bottom; y++) {
      for (let x = left; x <= right; x++) {
        const dx = x + 0.5 - ax;
        const dy = y + 0.5 - ay;
        const v = (dx * (cy - ay) - dy * (cx - ax)) / area;
        const w = (dy * (bx - ax) - dx * (by - ay)) / area;
        const texel = y * size + x;
        if (v < 0 || w < 0 || v + w > 1 || taken[texel] === 1) continue;
        taken[texel] = 1;
        texels[count] = texel;
        for (let axis = 0; axis < 3; axis++)
          points[3 * count + axis] = (1 - v - w) * p[a + axis] + v * p[b + axis] + w * p[c + axis];
        count++;
      }
    }
  }
  return { texels: texels.subarray(0, count), points: points.subarray(0, 3 * count) };
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
