import { type AntialiasTrace, createAntialiasTrace } from './antialias.ts';
import { createRaster, type Raster } from './rasterize.ts';
import { createSilhouettes, type Silhouettes } from './silhouettes.ts';

/**
 * The reusable buffers of one view: a step with several views has one target for each, because the backward
 * pass reads what the forward pass of the same view left here.
 */
export interface RenderTarget {
  /** Side of the finished picture, pixels. */
  readonly imageSize: number;
  /** The picture is rendered at `supersampling` times its size and averaged down. */
  readonly supersampling: number;
  /** [S, S, 3] the finished picture. */
  readonly image: Float32Array;
  readonly raster: Raster;
  readonly silhouettes: Silhouettes;
  readonly trace: AntialiasTrace;
  /** [entries, 3] the surface's color on the silhouette edge at each crossing, and the gradient with respect to it. */
  edgeColors: Float32Array;
  gradEdgeColors: Float32Array;
  /** [S·k, S·k, 3] the picture before averaging, and the gradient with respect to it. */
  readonly pixels: Float32Array;
  readonly gradPixels: Float32Array;
  /** [S·k, S·k, 3] interpolated attribute of each covered pixel. */
  readonly attributes: Float32Array;
  /** [S·k, S·k, 2] gradient with respect to the barycentrics. */
  readonly gradBarycentrics: Float32Array;
  /** [≥V, 3] gradient with respect to the vertices' pixel x, pixel y and inverse depth. */
  gradScreen: Float64Array;
}

/** Makes the buffers for pictures of `imageSize` × `imageSize` pixels. */
export function createRenderTarget(imageSize: number, supersampling = 2): RenderTarget {
  const size = imageSize * supersampling;
  return {
    imageSize,
    supersampling,
    image: new Float32Array(imageSize * imageSize * 3),
    raster: createRaster(size),
    silhouettes: createSilhouettes(size),
    trace: createAntialiasTrace(),
    edgeColors: new Float32Array(0),
    gradEdgeColors: new Float32Array(0),
    pixels: new Float32Array(size * size * 3),
    gradPixels: new Float32Array(size * size * 3),
    attributes: new Float32Array(size * size * 3),
    gradBarycentrics: new Float32Array(size * size * 2),
    gradScreen: new Float64Array(0),
  };
}
