import type { Camera } from '../cameras/camera.ts';
import type { TriangleMesh } from '../mesh.ts';
import { fillBackground } from './fill-background.ts';
import { createRaster, type Raster, rasterize } from './rasterize.ts';
import { computeWeldedNormals } from './welded-normals.ts';

/** A base-color picture in sRGB. */
export interface Texture {
  /** [height, width, 3] in [0, 1], top row first. */
  readonly data: Float32Array;
  readonly width: number;
  readonly height: number;
}

interface PreviewOptions {
  readonly mesh: TriangleMesh;
  /** [V, 3] unit normals; by default smooth ones that ignore UV seams. */
  readonly normals?: Float32Array;
  readonly camera: Camera;
  /** Side of the picture in pixels, 512 by default. */
  readonly size?: number;
  /** sRGB; white by default for textured pictures, black for normal maps. */
  readonly background?: readonly [number, number, number];
  /** Samples a pixel along each side, 3 by default. */
  readonly supersampling?: number;
  /** Buffers to reuse from picture to picture: `createRaster(size · supersampling)`. */
  readonly raster?: Raster;
}

/** What `renderTextured` shows. */
export interface TexturedOptions extends PreviewOptions {
  /** [V, 2] glTF texture coordinates: (0, 0) is the picture's top left corner, v runs down. */
  readonly uvs: Float32Array;
  readonly texture: Texture;
  /** The texture's own colors, or a soft light from above the camera. */
  readonly lighting: 'albedo' | 'soft';
}

/**
 * Renders a textured mesh for people to look at.
 *
 * Returns a new sRGB picture [size, size, 3] in [0, 1]. Light is computed in linear color; samples of a pixel are
 * averaged in sRGB, as browsers do.
 */
export function renderTextured(options: TexturedOptions): Float32Array {
  const { mesh, uvs, texture, lighting, camera } = options;
  const normals = lighting === 'soft' ? (options.normals ?? computeWeldedNormals(mesh)) : null;
  const { indices } = mesh;
  return shade(options, [1, 1, 1], (triangle, wb, wc, color) => {
    const a = indices[triangle * 3];
    const b = indices[triangle * 3 + 1];
    const c = indices[triangle * 3 + 2];
    const wa = 1 - wb - wc;
    const u = wa * uvs[a * 2] + wb * uvs[b * 2] + wc * uvs[c * 2];
    const v = wa * uvs[a * 2 + 1] + wb * uvs[b * 2 + 1] + wc * uvs[c * 2 + 1];
    sampleTexture(texture, u, v, color);
    if (normals === null) return;
    const light = softLight(normalAt(normals, a, b, c, wb, wc, camera), camera);
    for (let k = 0; k < 3; k++) color[k] = encodeSrgb(Math.min(1, decodeSrgb(color[k]) * light));
  });
}

/** Renders the world-space normal map (n + 1)/2, turned toward the camera as in training; black background. */
export function renderNormalMap(options: PreviewOptions): Float32Array {
  const { mesh, camera } = options;
  const normals = options.normals ?? computeWeldedNormals(mesh);
  const { indices } = mesh;
  return shade(options, [0, 0, 0], (triangle, wb, wc, color) => {
    const t = triangle * 3;
    const normal = normalAt(normals, indices[t], indices[t + 1], indices[t + 2], wb, wc, camera);
    for (let k = 0; k < 3; k++) color[k] = normal[k] / 2 + 0.5;
  });
}

type Shader = (triangle: number, weightB: number, weightC: number, color: Float64Array) => void;

function shade(
  options: PreviewOptions,
  usualBackground: readonly [number, number, number],
  shader: Shader,
): Float32Array {
  const { mesh, camera, size = 512, supersampling = 3, background = usualBackground } = options;
  const fineSize = size * supersampling;
  const raster = options.raster ?? createRaster(fineSize);
  if (raster.size !== fineSize) {
    throw new Error(`renderPreview: expected a raster of ${fineSize} pixels a side, got ${raster.size}`);
  }
  rasterize(mesh, camera, raster);
  const image = new Float32Array(size * size * 3);
  fillBackground(image, background);
  const weight = 1 / (supersampling * supersampling);
  const color = new Float64Array(3);
  for (let n = 0; n < raster.coveredCount; n++) {
    const p = raster.coveredPixels[n];
    shader(raster.triangleId[p], raster.barycentrics[p * 2], raster.barycentrics[p * 2 + 1], color);
    const x = Math.floor((p % fineSize) / supersampling);
    const y = Math.floor(p / fineSize / supersampling);
    const o = (y * size + x) * 3;
    for (let k = 0; k < 3; k++) image[o + k] += weight * (color[k] - background[k]);
  }
  // Adding up samples in float32 can end a hair outside.
  for (let o = 0; o < image.length; o++) image[o] = Math.min(1, Math.max(0, image[o]));
  return image;
}

const scratchNormal = new Float64Array(3);

function normalAt(
  normals: Float32Array,
  a: number,
  b: number,
  c: number,
  wb: number,
  wc: number,
  camera: Camera,
): Float64Array {
  const wa = 1 - wb - wc;
  const n = scratchNormal;
  for (let k = 0; k < 3; k++)
    n[k] = wa * normals[a * 3 + k] + wb * normals[b * 3 + k] + wc * normals[c * 3 + k];
  const away = dot(n, camera.forward) > 0 ? -1 : 1;
  const scale = away / (Math.hypot(n[0], n[1], n[2]) || 1);
  for (let k = 0; k < 3; k++) n[k] *= scale;
  return n;
}

/** A key light over the camera's left shoulder on top of a sky that is brighter than the ground; linear. */
function softLight(normal: Float64Array, camera: Camera): number {
  const toKey = [-0.42, 0.51, -0.75];
  const key =
    toKey[0] * dot(normal, camera.right) +
    toKey[1] * dot(normal, camera.up) +
    toKey[2] * dot(normal, camera.forward);
  return 0.42 + 0.14 * normal[1] + 0.6 * Math.max(0, key);
}

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

/** Bilinear sample with clamped edges; texel centers lie at (i + ½) / width. */
function sampleTexture(texture: Texture, u: number, v: number, color: Float64Array): void {
  const { data, width, height } = texture;
  const x = Math.min(width - 1, Math.max(0, u * width - 0.5));
  const y = Math.min(height - 1, Math.max(0, v * height - 0.5));
  const x0 = Math.floor(x);
  const y0 = Math.floor(y);
  const fx = x - x0;
  const fy = y - y0;
  const right = x0 + 1 < width ? 3 : 0;
  const down = y0 + 1 < height ? width * 3 : 0;
  const o = (y0 * width + x0) * 3;
  for (let k = 0; k < 3; k++) {
    const top = data[o + k] + fx * (data[o + right + k] - data[o + k]);
    const bottom = data[o + down + k] + fx * (data[o + down + right + k] - data[o + down + k]);
    color[k] = top + fy * (bottom - top);
  }
}

function decodeSrgb(value: number): number {
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

function encodeSrgb(value: number): number {
  return value <= 0.0031308 ? value * 12.92 : 1.055 * value ** (1 / 2.4) - 0.055;
}
