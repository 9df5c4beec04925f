import type { Raster } from '../../ssd/renderer/rasterize.ts';

/** How far around a point its surroundings are looked at, world units (head heights). */
const REACH = 0.09;
/** Height above the point's own plane, world units, at which a neighbor hides as much as it can. */
const FULL_HEIGHT = 0.03;

/** Sixteen places in a disk, spiraling outward. */
const PLACES = Float32Array.from({ length: 32 }, (_, i) => {
  const n = Math.floor(i / 2);
  const radius = Math.sqrt((n + 0.5) / 16);
  const turn = n * 2.399963;
  return radius * (i % 2 === 0 ? Math.cos(turn) : Math.sin(turn));
});

/**
 * Estimates for every covered pixel which share of its surroundings rises above it and takes its light: folds, the
 * corners of eyes and nose, skin below hair and hats. Writes `occlusion` [H, W], 0 open … 1 closed.
 *
 * Each pixel looks at 4 of 16 places; neighbors look at different ones, which supersampling averages.
 *
 * References: Mittring 2007, "Finding next gen: CryEngine 2" (ambient occlusion in screen space).
 */
export function occludeFolds(raster: Raster, normals: Float32Array, occlusion: Float32Array): void {
  const { size, camera, depth, coveredPixels, coveredCount } = raster;
  if (camera === null) throw new Error('occludeFolds: expected a raster of a picture, got an unused one');
  const { right, up, forward, focal } = camera;
  const pixelsAtDepthOne = (focal * size) / 2;
  for (let n = 0; n < coveredCount; n++) {
    const p = coveredPixels[n];
    const px = p % size;
    const py = (p - px) / size;
    const z = depth[p];
    const reach = (REACH * pixelsAtDepthOne) / z;
    const unit = z / pixelsAtDepthOne;
    const x = normals[p * 3];
    const y = normals[p * 3 + 1];
    const w = normals[p * 3 + 2];
    // The normal in the camera's frame: right, up, toward the viewer.
    const nx = x * right[0] + y * right[1] + w * right[2];
    const ny = x * up[0] + y * up[1] + w * up[2];
    const nz = -(x * forward[0] + y * forward[1] + w * forward[2]);
    const group = (px & 1) + (py & 1) * 2;
    let hidden = 0;
    for (let k = group; k < 16; k += 4) {
      const dx = Math.round(PLACES[k * 2] * reach);
      const dy = Math.round(PLACES[k * 2 + 1] * reach);
      const qx = px + dx;
      const qy = py + dy;
      if (qx < 0 || qy < 0 || qx >= size || qy >= size) continue;
      const toward = z - depth[qy * size + qx];
      // What is far in front (a brim, a strand) hides less than what lies close.
      if (!(toward > -REACH) || toward > 3 * REACH) continue;
      const height = dx * unit * nx - dy * unit * ny + toward * nz;
      if (height > 0.004) hidden += Math.min(1, height / FULL_HEIGHT) * (toward > REACH ? 0.5 : 1);
    }
    occlusion[p] = Math.min(1, hidden / 4);
  }
}
