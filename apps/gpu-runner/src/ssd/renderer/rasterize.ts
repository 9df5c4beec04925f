import type { Camera } from '../cameras/camera.ts';
import type { TriangleMesh } from '../mesh.ts';
import { projectVertices } from './project-vertices.ts';

/**
 * What one camera sees of a mesh, pixel by pixel. The arrays belong to the raster and are overwritten by
 * each `rasterize`; per-vertex arrays may be longer than the mesh at hand.
 */
export interface Raster {
  /** Side of the square picture, pixels. */
  readonly size: number;
  /** [H, W] triangle seen at the pixel's center, −1 where there is none. */
  readonly triangleId: Int32Array;
  /** [H, W, 2] perspective-correct weights of the triangle's second and third vertex; 0 where empty. */
  readonly barycentrics: Float32Array;
  /** [H, W] view depth in world units, Infinity where empty. */
  readonly depth: Float32Array;
  /** The first `coveredCount` entries are the covered pixels' indices, ascending. */
  readonly coveredPixels: Int32Array;
  coveredCount: number;
  /** Least and greatest depth among the covered pixels (0 and 0 for an empty picture). */
  depthMin: number;
  depthMax: number;
  /** [≥V, 3] pixel x, pixel y, inverse depth of each vertex. */
  screen: Float64Array;
  camera: Camera | null;
  /** Whether triangles that face away were left out. */
  culled: boolean;
  /** [H, W] nearest inverse depth so far, 0 where empty. */
  readonly inverseDepth: Float32Array;
}

/** Makes the reusable buffers for pictures of `size` × `size` pixels. */
export function createRaster(size: number): Raster {
  const pixels = size * size;
  return {
    size,
    triangleId: new Int32Array(pixels),
    barycentrics: new Float32Array(pixels * 2),
    depth: new Float32Array(pixels),
    coveredPixels: new Int32Array(pixels),
    coveredCount: 0,
    depthMin: 0,
    depthMax: 0,
    screen: new Float64Array(0),
    camera: null,
    culled: false,
    inverseDepth: new Float32Array(pixels),
  };
}

/**
 * Finds, for each pixel center, the nearest triangle, its barycentrics and its depth.
 *
 * Deferred: one pass decides visibility only, a second computes barycentrics for the covered pixels. With
 * `cullBackFaces` triangles that face away are not drawn. WASM and threads were measured and gain nothing
 * at these sizes.
 *
 * References: Pineda, "A parallel algorithm for polygon rasterization" (1988).
 */
export function rasterize(
  mesh: TriangleMesh,
  camera: Camera,
  raster: Raster,
  options: { readonly cullBackFaces?: boolean } = {},
): void {
  if (raster.screen.length < mesh.positions.length) {
    raster.screen = new Float64Array(Math.ceil(mesh.positions.length * 1.25));
  }
  raster.camera = camera;
  raster.culled = options.cullBackFaces ?? false;
  projectVertices(mesh.positions, camera, raster.size, raster.screen);
  drawTriangles(mesh.indices, raster);
  computeBarycentrics(mesh.indices, raster);
}

function drawTriangles(indices: Uint32Array, raster: Raster): void {
  const { size, triangleId, inverseDepth, screen, culled } = raster;
  triangleId.fill(-1);
  inverseDepth.fill(0);
  for (let t = 0; t < indices.length; t += 3) {
    const a = indices[t] * 3;
    const b = indices[t + 1] * 3;
    const c = indices[t + 2] * 3;
    const ai = screen[a + 2];
    const bi = screen[b + 2];
    const ci = screen[c + 2];
    if (ai === 0 || bi === 0 || ci === 0) continue;
    const ax = screen[a];
    const ay = screen[a + 1];
    const ux = screen[b] - ax;
    const uy = screen[b + 1] - ay;
    const vx = screen[c] - ax;
    const vy = screen[c + 1] - ay;
    // (1) Facing. y runs down, so a triangle seen from outside has a negative area.
    const area = ux * vy - uy * vx;
    if (area === 0 || (culled && area > 0)) continue;
    // (2) Pixel centers inside the bounding box. Most triangles are smaller than a pixel and end here.
    const left = ux < vx ? (ux < 0 ? ux : 0) : vx < 0 ? vx : 0;
    const right = ux > vx ? (ux > 0 ? ux : 0) : vx > 0 ? vx : 0;
    const top = uy < vy ? (uy < 0 ? uy : 0) : vy < 0 ? vy : 0;
    const bottom = uy > vy ? (uy > 0 ? uy : 0) : vy > 0 ? vy : 0;
    const xMin = Math.max(0, Math.ceil(ax + left - 0.5));
    const xMax = Math.min(size - 1, Math.floor(ax + right - 0.5));
    const yMin = Math.max(0, Math.ceil(ay + top - 0.5));
    const yMax = Math.min(size - 1, Math.floor(ay + bottom - 0.5));
    if (xMin > xMax || yMin > yMax) continue;
    // (3) Weights of b and c, and the inverse depth, are linear over the picture: step them.
    const scale = 1 / area;
    const bdx = vy * scale;
    const bdy = -vx * scale;
    const cdx = -uy * scale;
    const cdy = ux * scale;
    const idx = bdx * (bi - ai) + cdx * (ci - ai);
    const id = t / 3;
    const px = xMin + 0.5 - ax;
    for (let y = yMin; y <= yMax; y++) {
      const py = y + 0.5 - ay;
      let wb = bdx * px + bdy * py;
      let wc = cdx * px + cdy * py;
      let inverse = ai + wb * (bi - ai) + wc * (ci - ai);
      const end = y * size + xMax;
      for (let p = y * size + xMin; p <= end; p++) {
        // A hair of slack, so that rounding leaves no hole on the line between two triangles.
        if (wb >= -1e-9 && wc >= -1e-9 && wb + wc <= 1 + 1e-9 && inverse > inverseDepth[p]) {
          inverseDepth[p] = inverse;
          triangleId[p] = id;
        }
        wb += bdx;
        wc += cdx;
        inverse += idx;
      }
    }
  }
}

function computeBarycentrics(indices: Uint32Array, raster: Raster): void {
  const { size, triangleId, barycentrics, depth, coveredPixels, screen } = raster;
  barycentrics.fill(0);
  depth.fill(Number.POSITIVE_INFINITY);
  let count = 0;
  let depthMin = Number.POSITIVE_INFINITY;
  let depthMax = 0;
  for (let y = 0, p = 0; y < size; y++) {
    for (let x = 0; x < size; x++, p++) {
      const id = triangleId[p];
      if (id < 0) continue;
      coveredPixels[count++] = p;
      const a = indices[id * 3] * 3;
      const b = indices[id * 3 + 1] * 3;
      const c = indices[id * 3 + 2] * 3;
      const ax = screen[a] - x - 0.5;
      const ay = screen[a + 1] - y - 0.5;
      const bx = screen[b] - x - 0.5;
      const by = screen[b + 1] - y - 0.5;
      const cx = screen[c] - x - 0.5;
      const cy = screen[c + 1] - y - 0.5;
      const ea = bx * cy - by * cx;
      const eb = cx * ay - cy * ax;
      const ec = ax * by - ay * bx;
      const ma = ea * screen[a + 2];
      const mb = eb * screen[b + 2];
      const mc = ec * screen[c + 2];
      const scale = 1 / (ma + mb + mc);
      barycentrics[2 * p] = mb * scale;
      barycentrics[2 * p + 1] = mc * scale;
      const z = (ea + eb + ec) * scale;
      depth[p] = z;
      if (z < depthMin) depthMin = z;
      if (z > depthMax) depthMax = z;
    }
  }
  raster.coveredCount = count;
  raster.depthMin = count > 0 ? depthMin : 0;
  raster.depthMax = depthMax;
}

/**
 * Adds the pull-back of the barycentrics to `gradScreen` [V, 3] (pixel x, pixel y, inverse depth).
 *
 * `gradBarycentrics` [H, W, 2]. Visibility itself has no gradient here: that is the silhouettes' part.
 * With e_i the doubled areas of the three sub-triangles in the picture and d_i the inverse depths, the
 * weights are b_i = e_i d_i / Σ e_j d_j.
 */
export function rasterizeBackward(
  mesh: TriangleMesh,
  raster: Raster,
  gradBarycentrics: Float32Array,
  gradScreen: Float64Array,
): void {
  const { size, triangleId, coveredPixels, coveredCount, screen } = raster;
  const { indices } = mesh;
  for (let n = 0; n < coveredCount; n++) {
    const p = coveredPixels[n];
    const gb = gradBarycentrics[2 * p];
    const gc = gradBarycentrics[2 * p + 1];
    if (gb === 0 && gc === 0) continue;
    const t = triangleId[p] * 3;
    const a = indices[t] * 3;
    const b = indices[t + 1] * 3;
    const c = indices[t + 2] * 3;
    const y = Math.floor(p / size);
    const px = p - y * size + 0.5;
    const py = y + 0.5;
    const ax = screen[a] - px;
    const ay = screen[a + 1] - py;
    const bx = screen[b] - px;
    const by = screen[b + 1] - py;
    const cx = screen[c] - px;
    const cy = screen[c + 1] - py;
    const ea = bx * cy - by * cx;
    const eb = cx * ay - cy * ax;
    const ec = ax * by - ay * bx;
    const scale = 1 / (ea * screen[a + 2] + eb * screen[b + 2] + ec * screen[c + 2]);
    // (1) Through b_i = m_i / Σ m with m_i = e_i d_i.
    const common = -(gb * eb * screen[b + 2] + gc * ec * screen[c + 2]) * scale * scale;
    const gmb = common + gb * scale;
    const gmc = common + gc * scale;
    gradScreen[a + 2] += common * ea;
    gradScreen[b + 2] += gmb * eb;
    gradScreen[c + 2] += gmc * ec;
    // (2) Through the areas.
    const da = common * screen[a + 2];
    const db = gmb * screen[b + 2];
    const dc = gmc * screen[c + 2];
    gradScreen[a] += dc * by - db * cy;
    gradScreen[a + 1] += db * cx - dc * bx;
    gradScreen[b] += da * cy - dc * ay;
    gradScreen[b + 1] += dc * ax - da * cx;
    gradScreen[c] += db * ay - da * by;
    gradScreen[c + 1] += da * bx - db * ax;
  }
}
