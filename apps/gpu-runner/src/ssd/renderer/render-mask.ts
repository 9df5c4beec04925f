import { type AntialiasTrace, antialias, antialiasBackward, createAntialiasTrace } from './antialias.ts';
import { downsample, downsampleBackward } from './downsample.ts';
import { projectVerticesBackward } from './project-vertices.ts';
import type { RenderTarget } from './render-target.ts';
import type { SurfaceGradient } from './surface.ts';

/** The reusable buffers of one view's mask, beside those of its picture. */
export interface MaskTarget {
  /** [S, S, 3] share of each pixel that the surface covers, the same in all channels. */
  readonly image: Float32Array;
  /** [S·k, S·k, 3] the mask before averaging, and the gradient with respect to it. */
  readonly pixels: Float32Array;
  readonly gradPixels: Float32Array;
  readonly trace: AntialiasTrace;
}

/** Makes the mask's buffers for pictures of `imageSize` × `imageSize` pixels. */
export function createMaskTarget(imageSize: number, supersampling = 2): MaskTarget {
  const length = (imageSize * supersampling) ** 2 * 3;
  return {
    image: new Float32Array(imageSize * imageSize * 3),
    pixels: new Float32Array(length),
    gradPixels: new Float32Array(length),
    trace: createAntialiasTrace(),
  };
}

/**
 * Draws the antialiased mask of the view that was rendered into `target` last.
 *
 * References: HeadArtist's released rasterizer, which antialiases mask and normals apart.
 */
export function renderMask(
  { raster, silhouettes, imageSize, supersampling }: RenderTarget,
  mask: MaskTarget,
): void {
  const { coveredPixels, coveredCount } = raster;
  mask.pixels.fill(0);
  for (let n = 0; n < coveredCount; n++) mask.pixels.fill(1, 3 * coveredPixels[n], 3 * coveredPixels[n] + 3);
  antialias(mask.pixels, silhouettes, mask.trace, null);
  downsample(mask.pixels, imageSize, supersampling, mask.image);
}

/**
 * Adds the pull-back of the last `renderMask` to `gradient.positions`; once for each `renderMask`, while `target` still
 * holds its view.
 *
 * `gradImage` [S, S, 3]: the sum over the channels counts, which are the same mask.
 */
export function renderMaskBackward(
  target: RenderTarget,
  mask: MaskTarget,
  gradImage: Float32Array,
  gradient: SurfaceGradient,
): void {
  const { raster, silhouettes, imageSize, supersampling } = target;
  const { camera } = raster;
  if (camera === null) throw new Error('renderMaskBackward: expected a rendered target, got an unused one');
  const gradScreen = new Float64Array(gradient.positions.length);
  downsampleBackward(gradImage, imageSize, supersampling, mask.gradPixels);
  antialiasBackward(raster, silhouettes, mask.trace, mask.gradPixels, gradScreen, null);
  projectVerticesBackward(camera, raster.size, raster.screen, gradScreen, gradient.positions);
}
