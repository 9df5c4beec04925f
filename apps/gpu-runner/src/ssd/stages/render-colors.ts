import type { Camera } from '../cameras/camera.ts';
import { orbitCamera } from '../cameras/orbit.ts';
import type { Framing } from '../cameras/sample-camera.ts';
import type { ColorField, ColorFieldSample } from '../color-field/color-field.ts';
import { createRenderTarget, type RenderTarget } from '../renderer/render-target.ts';
import { gatherSurfacePoints, shadePoints } from '../renderer/shade-points.ts';
import type { Surface } from '../renderer/surface.ts';
import { mirrorRows } from '../tetrahedral-grid/mirror-rows.ts';
import { PICTURE_AZIMUTH_RAD, PICTURE_SIZE, type Picture } from './run-stage.ts';

/** A surface and the field that has its colors. */
export interface ColoredSurface {
  readonly field: ColorField;
  readonly surface: Surface;
  /** [V, 3] where the surface's vertices lay before a deformation: there its colors live. */
  readonly positionsRest?: Float32Array | undefined;
}

/** From where one picture is taken, and what is seen beside the head. */
export interface ColorView {
  readonly camera: Camera;
  readonly background: readonly [number, number, number];
  /** Show each point in the color of its mirror image. */
  readonly mirrored?: boolean;
}

/** The points of view v are rows `starts[v]` … `starts[v + 1]` of the sample. */
export interface RenderedColors {
  readonly sample: ColorFieldSample;
  readonly starts: readonly number[];
}

/** Renders views into their targets, unlit; the surface points of all go through the field at once. */
export async function renderColors(
  { field, surface, positionsRest }: ColoredSurface,
  views: readonly ColorView[],
  targets: readonly RenderTarget[],
  points: Float32Array,
): Promise<RenderedColors> {
  const starts = [0];
  views.forEach(({ camera, mirrored }, v) => {
    const from = starts[v];
    const room = points.subarray(3 * from);
    starts.push(from + gatherSurfacePoints(surface, camera, targets[v], room, positionsRest));
    if (mirrored) mirrorRows(points.subarray(3 * from, 3 * starts[v + 1]));
  });
  const sample = await field.forward(points.slice(0, 3 * starts[views.length]));
  views.forEach(({ background }, v) => {
    const colors = sample.colors.subarray(3 * starts[v], 3 * starts[v + 1]);
    shadePoints(targets[v], colors, background);
  });
  return { sample, starts };
}

/** Room for the surface points of all targets. */
export function createPointBuffer(targets: readonly RenderTarget[]): Float32Array {
  const pixels = targets.reduce((sum, target) => sum + target.raster.triangleId.length, 0);
  return new Float32Array(3 * pixels);
}

/** The head as it is, unlit on white, for people. */
export async function drawColors(colored: ColoredSurface, framing: Framing): Promise<Picture> {
  const target = createRenderTarget(PICTURE_SIZE, 1);
  const camera = orbitCamera(framing, PICTURE_AZIMUTH_RAD);
  await renderColors(colored, [{ camera, background: [1, 1, 1] }], [target], createPointBuffer([target]));
  return { image: target.image, size: PICTURE_SIZE };
}
