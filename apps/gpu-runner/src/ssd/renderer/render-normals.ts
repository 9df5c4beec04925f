import type { Camera } from '../cameras/camera.ts';
import { antialias, antialiasBackward } from './antialias.ts';
import { downsample, downsampleBackward } from './downsample.ts';
import { fillBackground } from './fill-background.ts';
import { interpolate, interpolateBackward } from './interpolate.ts';
import { projectVerticesBackward } from './project-vertices.ts';
import { rasterize, rasterizeBackward } from './rasterize.ts';
import type { RenderTarget } from './render-target.ts';
import { findSilhouettes } from './silhouettes.ts';
import type { Surface, SurfaceGradient } from './surface.ts';

/**
 * Renders the world-space normal map (n + 1)/2 of a surface into `target.image`.
 *
 * Interpolated vertex normals are normalized and, where they face away along the viewing direction, turned
 * around: so were the pictures that the teacher learned from. `background` is a color, black by default.
 */
export function renderNormals(
  surface: Surface,
  camera: Camera,
  target: RenderTarget,
  background: readonly [number, number, number] = [0, 0, 0],
): void {
  const { raster, silhouettes, pixels, attributes } = target;
  const { mesh, edges, vertexNormals } = surface;
  rasterize(mesh, camera, raster, { cullBackFaces: surface.closed });
  interpolate(vertexNormals.normals, mesh, raster, attributes);
  fillBackground(pixels, background);
  const { coveredPixels, coveredCount } = raster;
  for (let n = 0; n < coveredCount; n++) {
    const o = coveredPixels[n] * 3;
    encodeNormal(attributes[o], attributes[o + 1], attributes[o + 2], camera, pixels, o);
  }
  findSilhouettes(mesh, edges, raster, silhouettes);
  colorEdges(vertexNormals.normals, camera, target);
  antialias(pixels, silhouettes, target.trace, target.edgeColors);
  downsample(pixels, target.imageSize, target.supersampling, target.image);
}

/**
 * Adds the pull-back of the last `renderNormals` of `target` to `gradient`; once for each `renderNormals`.
 *
 * `gradImage` [S, S, 3]. The part through the vertex normals stays in `gradient.normals` until
 * `surfaceBackward` folds it into the positions, once for all views. `outlineShare` scales what pulls at the
 * place of outlines; less than 1 leaves the gradient to what is seen inside them.
 */
export function renderNormalsBackward(
  surface: Surface,
  target: RenderTarget,
  gradImage: Float32Array,
  gradient: SurfaceGradient,
  outlineShare = 1,
): void {
  const { raster, attributes, gradPixels, gradBarycentrics, gradEdgeColors } = target;
  const { camera, coveredPixels, coveredCount } = raster;
  if (camera === null)
    throw new Error('renderNormalsBackward: expected a rendered target, got an unused one');
  const { mesh, vertexNormals } = surface;
  const { normals } = vertexNormals;
  const length = mesh.positions.length;
  if (target.gradScreen.length < length) target.gradScreen = new Float64Array(Math.ceil(length * 1.25));
  else target.gradScreen.fill(0);
  downsampleBackward(gradImage, target.imageSize, target.supersampling, gradPixels);
  antialiasBackward(raster, target.silhouettes, target.trace, gradPixels, target.gradScreen, gradEdgeColors);
  if (outlineShare !== 1) {
    for (let i = 0; i < length; i++) target.gradScreen[i] *= outlineShare;
  }
  colorEdgesBackward(normals, camera, target, gradient.normals);
  for (let n = 0; n < coveredCount; n++) {
    const o = coveredPixels[n] * 3;
    encodeNormalBackward(attributes[o], attributes[o + 1], attributes[o + 2], camera, gradPixels, o);
  }
  interpolateBackward(normals, mesh, raster, gradPixels, gradient.normals, gradBarycentrics);
  rasterizeBackward(mesh, raster, gradBarycentrics, target.gradScreen);
  projectVerticesBackward(camera, raster.size, raster.screen, target.gradScreen, gradient.positions);
}

/** Writes ½ ± n/(2|n|) at `colors[o …]`: the minus where (x, y, z) points away from the camera. */
function encodeNormal(
  x: number,
  y: number,
  z: number,
  camera: Camera,
  colors: Float32Array,
  o: number,
): void {
  const { forward } = camera;
  const length = Math.sqrt(x * x + y * y + z * z);
  const away = x * forward[0] + y * forward[1] + z * forward[2] > 0;
  const scale = length === 0 ? 0 : (away ? -0.5 : 0.5) / length;
  colors[o] = x * scale + 0.5;
  colors[o + 1] = y * scale + 0.5;
  colors[o + 2] = z * scale + 0.5;
}

/** Replaces the gradient of the color at `gradient[o …]` by that of the normal; the sign is kept fixed. */
function encodeNormalBackward(
  x: number,
  y: number,
  z: number,
  camera: Camera,
  gradient: Float32Array,
  o: number,
): void {
  const { forward } = camera;
  const square = x * x + y * y + z * z;
  const away = x * forward[0] + y * forward[1] + z * forward[2] > 0;
  const scale = square === 0 ? 0 : (away ? -0.5 : 0.5) / Math.sqrt(square);
  const dot = gradient[o] * x + gradient[o + 1] * y + gradient[o + 2] * z;
  const along = square === 0 ? 0 : dot / square;
  gradient[o] = (gradient[o] - along * x) * scale;
  gradient[o + 1] = (gradient[o + 1] - along * y) * scale;
  gradient[o + 2] = (gradient[o + 2] - along * z) * scale;
}

/** Writes the surface's color on the silhouette edge itself, at each crossing, to `target.edgeColors`. */
function colorEdges(normals: Float32Array, camera: Camera, target: RenderTarget): void {
  const { count, vertexA, vertexB, share } = target.silhouettes;
  if (target.edgeColors.length < count * 3) {
    target.edgeColors = new Float32Array(Math.ceil(count * 1.5) * 3);
    target.gradEdgeColors = new Float32Array(Math.ceil(count * 1.5) * 3);
  }
  for (let n = 0; n < count; n++) {
    const i = vertexA[n] * 3;
    const j = vertexB[n] * 3;
    const w = share[n];
    const x = normals[i] + w * (normals[j] - normals[i]);
    const y = normals[i + 1] + w * (normals[j + 1] - normals[i + 1]);
    const z = normals[i + 2] + w * (normals[j + 2] - normals[i + 2]);
    encodeNormal(x, y, z, camera, target.edgeColors, n * 3);
  }
}

/** Adds the pull-back of `colorEdges` to `gradNormals`; uses `target.gradEdgeColors` up. */
function colorEdgesBackward(
  normals: Float32Array,
  camera: Camera,
  target: RenderTarget,
  gradNormals: Float32Array,
): void {
  const { count, vertexA, vertexB, share, insideIsSource } = target.silhouettes;
  const gradient = target.gradEdgeColors;
  for (let n = 0; n < count; n++) {
    if (insideIsSource[n] === 0) continue;
    const i = vertexA[n] * 3;
    const j = vertexB[n] * 3;
    const w = share[n];
    const x = normals[i] + w * (normals[j] - normals[i]);
    const y = normals[i + 1] + w * (normals[j + 1] - normals[i + 1]);
    const z = normals[i + 2] + w * (normals[j + 2] - normals[i + 2]);
    encodeNormalBackward(x, y, z, camera, gradient, n * 3);
    for (let c = 0; c < 3; c++) {
      gradNormals[i + c] += (1 - w) * gradient[n * 3 + c];
      gradNormals[j + c] += w * gradient[n * 3 + c];
    }
  }
}
