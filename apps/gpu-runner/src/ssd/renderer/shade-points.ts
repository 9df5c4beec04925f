import type { Camera } from '../cameras/camera.ts';
import { antialias, antialiasBackward } from './antialias.ts';
import { downsample, downsampleBackward } from './downsample.ts';
import { fillBackground } from './fill-background.ts';
import { interpolate } from './interpolate.ts';
import { rasterize } from './rasterize.ts';
import type { RenderTarget } from './render-target.ts';
import { findSilhouettes } from './silhouettes.ts';
import type { Surface } from './surface.ts';

/**
 * Finds the surface points that one camera sees, for a color field to be asked at.
 *
 * Returns the number N of covered pixels of the supersampled picture and writes their world positions to
 * `points` [N, 3], in the order of `target.raster.coveredPixels`. `points` must have room for all pixels of
 * the supersampled picture. Of a deformed surface whose color belongs to where its vertices lay before, pass those
 * `positions` [V, 3]; the camera sees the deformed one all the same.
 */
export function gatherSurfacePoints(
  surface: Surface,
  camera: Camera,
  target: RenderTarget,
  points: Float32Array,
  positions: Float32Array = surface.mesh.positions,
): number {
  const { raster, attributes } = target;
  const { mesh, edges } = surface;
  rasterize(mesh, camera, raster, { cullBackFaces: surface.closed });
  findSilhouettes(mesh, edges, raster, target.silhouettes);
  interpolate(positions, mesh, raster, attributes);
  const { coveredPixels, coveredCount } = raster;
  for (let n = 0, i = 0; n < coveredCount; n++, i += 3) {
    const o = coveredPixels[n] * 3;
    points[i] = attributes[o];
    points[i + 1] = attributes[o + 1];
    points[i + 2] = attributes[o + 2];
  }
  return coveredCount;
}

/**
 * Composes the picture of the points last gathered into `target` and leaves it in `target.image`.
 *
 * `colors` [N, 3] are the points' colors in the picture's own color space, `background` is one constant color.
 */
export function shadePoints(
  target: RenderTarget,
  colors: Float32Array,
  background: readonly [number, number, number],
): void {
  const { raster, pixels } = target;
  const { coveredPixels, coveredCount } = raster;
  fillBackground(pixels, background);
  for (let n = 0, i = 0; n < coveredCount; n++, i += 3) {
    const o = coveredPixels[n] * 3;
    pixels[o] = colors[i];
    pixels[o + 1] = colors[i + 1];
    pixels[o + 2] = colors[i + 2];
  }
  antialias(pixels, target.silhouettes, target.trace, null);
  downsample(pixels, target.imageSize, target.supersampling, target.image);
}

/** Pulls `gradImage` [S, S, 3] back through `shadePoints`: writes `gradColors` [N, 3]. */
export function shadePointsBackward(
  target: RenderTarget,
  gradImage: Float32Array,
  gradColors: Float32Array,
): void {
  const { raster, gradPixels } = target;
  const { coveredPixels, coveredCount } = raster;
  downsampleBackward(gradImage, target.imageSize, target.supersampling, gradPixels);
  antialiasBackward(raster, target.silhouettes, target.trace, gradPixels, null, null);
  for (let n = 0, i = 0; n < coveredCount; n++, i += 3) {
    const o = coveredPixels[n] * 3;
    gradColors[i] = gradPixels[o];
    gradColors[i + 1] = gradPixels[o + 1];
    gradColors[i + 2] = gradPixels[o + 2];
  }
}
