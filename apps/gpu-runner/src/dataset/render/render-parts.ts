import type { Camera } from '../../ssd/cameras/camera.ts';
import { downsample } from '../../ssd/renderer/downsample.ts';
import { interpolate } from '../../ssd/renderer/interpolate.ts';
import { createRaster, type Raster, rasterize } from '../../ssd/renderer/rasterize.ts';
import type { ShadingPoint } from '../part.ts';
import { createShadingPoint } from '../shading-point.ts';
import { CHANNEL_LIMIT, type Scene } from './merge-parts.ts';
import { occludeFolds } from './occlude-folds.ts';
import { type Background, paintBackground } from './paint-background.ts';
import type { Light } from './sample-light.ts';

/** Pixels a side that are averaged into one. */
const SUPERSAMPLING = 2;

/** Buffers for pictures of one size; each `render` overwrites what the one before has left. */
export interface PartsRenderer {
  readonly imageSize: number;
  /** Of the picture last seen, supersampled: its depth tells which landmarks are in sight. */
  readonly raster: Raster;
  /** Looks at a scene: decides for every pixel what is seen there. Comes before the two below. */
  look(scene: Scene, camera: Camera): void;
  /** [S, S, 3] the lit picture of what was looked at. */
  photo(light: Light, background: Background): Float32Array;
  /** [S, S, 3] its world-space normals (n + 1)/2 turned to the viewer, on black; relief is not in them. */
  normalMap(): Float32Array;
}

/** Makes a renderer for pictures of `imageSize` × `imageSize` pixels. */
export function createPartsRenderer(imageSize: number): PartsRenderer {
  const size = imageSize * SUPERSAMPLING;
  const raster = createRaster(size);
  const pixels = new Float32Array(size * size * 3);
  const normals = new Float32Array(size * size * 3);
  const occlusion = new Float32Array(size * size);
  const image = new Float32Array(imageSize * imageSize * 3);
  const channels = new Float32Array(CHANNEL_LIMIT);
  const point = createShadingPoint(channels);
  let seen: { scene: Scene; camera: Camera } | null = null;
  const current = (): { scene: Scene; camera: Camera } => {
    if (seen === null) throw new Error('renderParts: expected a look before a picture, got none');
    return seen;
  };
  return {
    imageSize,
    raster,
    look(scene, camera) {
      seen = { scene, camera };
      rasterize(scene.mesh, camera, raster);
      faceViewer(scene, camera, raster, normals);
    },
    photo(light, background) {
      const { scene, camera } = current();
      paintBackground(background, size, pixels);
      if (light.occlusion > 0) occludeFolds(raster, normals, occlusion);
      else occlusion.fill(0);
      shadePixels(scene, camera, raster, normals, occlusion, light, point, pixels);
      downsample(pixels, imageSize, SUPERSAMPLING, image);
      return image;
    },
    normalMap() {
      current();
      pixels.fill(0);
      for (let n = 0; n < raster.coveredCount; n++) {
        const o = raster.coveredPixels[n] * 3;
        for (let k = 0; k < 3; k++) pixels[o + k] = normals[o + k] * 0.5 + 0.5;
      }
      downsample(pixels, imageSize, SUPERSAMPLING, image);
      return image;
    },
  };
}

/** Writes unit normals [H, W, 3] of covered pixels, turned around where they look away. */
function faceViewer(scene: Scene, { forward }: Camera, raster: Raster, out: Float32Array): void {
  interpolate(scene.normals, scene.mesh, raster, out);
  const { coveredPixels, coveredCount } = raster;
  for (let i = 0; i < coveredCount; i++) {
    const o = coveredPixels[i] * 3;
    const x = out[o];
    const y = out[o + 1];
    const z = out[o + 2];
    const away = x * forward[0] + y * forward[1] + z * forward[2] > 0;
    const scale = (away ? -1 : 1) / (Math.sqrt(x * x + y * y + z * z) || 1);
    out[o] = x * scale;
    out[o + 1] = y * scale;
    out[o + 2] = z * scale;
  }
}

/** Asks the materials for what each covered pixel looks like and lights it. */
function shadePixels(
  scene: Scene,
  camera: Camera,
  raster: Raster,
  normals: Float32Array,
  occlusion: Float32Array,
  light: Light,
  point: ShadingPoint,
  pixels: Float32Array,
): void {
  const { parts, partOfTriangle, firstVertex, frame } = scene;
  const { positions, indices } = scene.mesh;
  const { eye } = camera;
  const { coveredPixels, coveredCount, triangleId, barycentrics } = raster;
  const { channels } = point;
  for (let i = 0; i < coveredCount; i++) {
    const p = coveredPixels[i];
    const triangle = triangleId[p];
    const number = partOfTriangle[triangle];
    const part = parts[number];
    const ia = indices[triangle * 3];
    const ib = indices[triangle * 3 + 1];
    const ic = indices[triangle * 3 + 2];
    const wb = barycentrics[2 * p];
    const wc = barycentrics[2 * p + 1];
    const wa = 1 - wb - wc;
    // (1) The point.
    const first = firstVertex[number];
    const count = part.channelCount;
    const source = part.channels;
    const ca = (ia - first) * count;
    const cb = (ib - first) * count;
    const cc = (ic - first) * count;
    for (let k = 0; k < count; k++) {
      channels[k] = wa * source[ca + k] + wb * source[cb + k] + wc * source[cc + k];
    }
    const x = wa * positions[ia * 3] + wb * positions[ib * 3] + wc * positions[ic * 3];
    const y = wa * positions[ia * 3 + 1] + wb * positions[ib * 3 + 1] + wc * positions[ic * 3 + 1];
    const z = wa * positions[ia * 3 + 2] + wb * positions[ib * 3 + 2] + wc * positions[ic * 3 + 2];
    const dx = eye[0] - x;
    const dy = eye[1] - y;
    const dz = eye[2] - z;
    const away = 1 / Math.sqrt(dx * dx + dy * dy + dz * dz);
    point.x = x * frame.height;
    point.y = y * frame.height + frame.middleY;
    point.z = z * frame.height + frame.middleZ;
    point.nx = normals[p * 3];
    point.ny = normals[p * 3 + 1];
    point.nz = normals[p * 3 + 2];
    point.vx = dx * away;
    point.vy = dy * away;
    point.vz = dz * away;
    point.gloss = 0;
    point.shininess = 20;
    point.metal = 0;
    point.emission = 0;
    part.material.shade(point);
    // (2) The light on it.
    lightPoint(point, light, 1 - light.occlusion * occlusion[p], pixels, p * 3);
  }
}

/** Writes the color of a shaded point under the light to `pixels[o …]`; `open` is the share of the sky it sees. */
function lightPoint(point: ShadingPoint, light: Light, open: number, pixels: Float32Array, o: number): void {
  const { nx, ny, nz, vx, vy, vz, gloss, metal, emission } = point;
  const { sky, ground, lamps } = light;
  const up = (0.5 + 0.5 * ny) * open;
  const down = (0.5 - 0.5 * ny) * open;
  let red = up * sky[0] + down * ground[0];
  let green = up * sky[1] + down * ground[1];
  let blue = up * sky[2] + down * ground[2];
  let glare = 0;
  for (let i = 0; i < lamps.length; i++) {
    const { direction: d, color } = lamps[i];
    const facing = nx * d[0] + ny * d[1] + nz * d[2];
    // Wraps a little around the edge of the shadow, as skin does.
    const lit = facing > -0.15 ? ((facing + 0.15) / 1.15) * (0.5 + 0.5 * open) : 0;
    red += lit * color[0];
    green += lit * color[1];
    blue += lit * color[2];
    if (gloss > 0 && facing > 0) {
      const hx = d[0] + vx;
      const hy = d[1] + vy;
      const hz = d[2] + vz;
      const cosine = (nx * hx + ny * hy + nz * hz) / Math.sqrt(hx * hx + hy * hy + hz * hz);
      if (cosine > 0) glare += color[1] * cosine ** point.shininess;
    }
  }
  const grazing = 1 - (nx * vx + ny * vy + nz * vz);
  const edge = light.rim > 0 && grazing > 0 ? light.rim * grazing * grazing * grazing * open : 0;
  glare *= gloss * light.gloss * open;
  const kept = 1 - emission;
  pixels[o] = finish(point.red, red * kept + emission, glare, metal, edge);
  pixels[o + 1] = finish(point.green, green * kept + emission, glare, metal, edge);
  pixels[o + 2] = finish(point.blue, blue * kept + emission, glare, metal, edge);
}

function finish(albedo: number, lit: number, glare: number, metal: number, edge: number): number {
  const color = albedo * lit + glare * (1 + metal * (2 * albedo - 1)) + edge * (0.3 + 0.7 * albedo);
  return color < 0 ? 0 : color > 1 ? 1 : color;
}
