import type { TriangleMesh } from '../mesh.ts';
import type { Raster } from './rasterize.ts';

/**
 * Interpolates three-channel vertex attributes at the covered pixels.
 *
 * `attributes` [V, 3]; writes `pixels` [H, W, 3] at covered pixels and leaves the others as they are.
 *
 * References: nvdiffrast (Laine et al. 2020), §3.3.
 */
export function interpolate(
  attributes: Float32Array,
  mesh: TriangleMesh,
  raster: Raster,
  pixels: Float32Array,
): void {
  const { triangleId, barycentrics, coveredPixels, coveredCount } = raster;
  const { indices } = mesh;
  for (let n = 0; n < coveredCount; n++) {
    const p = coveredPixels[n];
    const t = triangleId[p] * 3;
    const a = indices[t] * 3;
    const b = indices[t + 1] * 3;
    const c = indices[t + 2] * 3;
    const wb = barycentrics[2 * p];
    const wc = barycentrics[2 * p + 1];
    const wa = 1 - wb - wc;
    const o = p * 3;
    pixels[o] = wa * attributes[a] + wb * attributes[b] + wc * attributes[c];
    pixels[o + 1] = wa * attributes[a + 1] + wb * attributes[b + 1] + wc * attributes[c + 1];
    pixels[o + 2] = wa * attributes[a + 2] + wb * attributes[b + 2] + wc * attributes[c + 2];
  }
}

/**
 * Pulls pixel gradients back to the attributes and to the barycentrics.
 *
 * `gradPixels` [H, W, 3]. Adds to `gradAttributes` [V, 3]; writes `gradBarycentrics` [H, W, 2] at covered
 * pixels, ready for `rasterizeBackward`.
 */
export function interpolateBackward(
  attributes: Float32Array,
  mesh: TriangleMesh,
  raster: Raster,
  gradPixels: Float32Array,
  gradAttributes: Float32Array,
  gradBarycentrics: Float32Array,
): void {
  const { triangleId, barycentrics, coveredPixels, coveredCount } = raster;
  const { indices } = mesh;
  for (let n = 0; n < coveredCount; n++) {
    const p = coveredPixels[n];
    const t = triangleId[p] * 3;
    const a = indices[t] * 3;
    const b = indices[t + 1] * 3;
    const c = indices[t + 2] * 3;
    const wb = barycentrics[2 * p];
    const wc = barycentrics[2 * p + 1];
    const wa = 1 - wb - wc;
    const g0 = gradPixels[p * 3];
    const g1 = gradPixels[p * 3 + 1];
    const g2 = gradPixels[p * 3 + 2];
    gradAttributes[a] += wa * g0;
    gradAttributes[a + 1] += wa * g1;
    gradAttributes[a + 2] += wa * g2;
    gradAttributes[b] += wb * g0;
    gradAttributes[b + 1] += wb * g1;
    gradAttributes[b + 2] += wb * g2;
    gradAttributes[c] += wc * g0;
    gradAttributes[c + 1] += wc * g1;
    gradAttributes[c + 2] += wc * g2;
    const ga = g0 * attributes[a] + g1 * attributes[a + 1] + g2 * attributes[a + 2];
    gradBarycentrics[2 * p] = g0 * attributes[b] + g1 * attributes[b + 1] + g2 * attributes[b + 2] - ga;
    gradBarycentrics[2 * p + 1] = g0 * attributes[c] + g1 * attributes[c + 1] + g2 * attributes[c + 2] - ga;
  }
}
