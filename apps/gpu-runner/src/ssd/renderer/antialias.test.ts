import { describe, expect, test } from 'vitest';
import { checkGradient } from '../../../../../test/gradient-check.ts';
import { createRandom } from '../../tensor/random.ts';
import { createCamera } from '../cameras/camera.ts';
import { buildEdges } from '../mesh-edges.ts';
import type { TriangleMesh } from '../mesh.ts';
import { antialias, antialiasBackward, createAntialiasTrace } from './antialias.ts';
import { createTorus } from './ball-mesh.ts';
import { projectVerticesBackward } from './project-vertices.ts';
import { createRaster, rasterize } from './rasterize.ts';
import { createSilhouettes, findSilhouettes } from './silhouettes.ts';

const SIZE = 24;
/** At the target's depth the picture is 2.4 units wide: 10 pixels a unit. */
const camera = createCamera({
  azimuthRad: 0,
  elevationRad: 0,
  fovYRad: 2 * Math.atan(1.2 / 10),
  distance: 10,
  target: [0, 0, 0],
});

/** Sees through the hole of a torus. */
const above = createCamera({ ...camera, elevationRad: 0.9 });

describe('antialias', () => {
  test('gives a straight edge exactly its share of the pixels that it crosses', () => {
    // The rectangle covers x from 12 − 6.3 to 12 + 4.8 pixels and y from 12 − 5.4 to 12 + 5.6.
    const { pixels } = drawWhite(rectangle(-0.63, -0.56, 0.48, 0.54));
    const row = Array.from({ length: SIZE }, (_, x) => pixels[(12 * SIZE + x) * 3]);
    const column = Array.from({ length: SIZE }, (_, y) => pixels[(y * SIZE + 12) * 3 + 1]);
    expect(row.slice(4, 8).map(round)).toEqual([0, 0.3, 1, 1]);
    expect(row.slice(15, 19).map(round)).toEqual([1, 0.8, 0, 0]);
    expect(column.slice(5, 8).map(round)).toEqual([0, 0.4, 1]);
    expect(column.slice(16, 19).map(round)).toEqual([1, 0.6, 0]);
  });

  test('makes the picture of a slanted shape as bright as its area', () => {
    const mesh = { positions: slantedQuad(), indices: Uint32Array.from([0, 1, 2, 0, 2, 3]) };
    const { pixels } = drawWhite(mesh);
    const brightness = pixels.reduce((sum, v) => sum + v, 0) / 3;
    // The shoelace area in pixels; the four corners are only approximate, each by part of a pixel.
    expect(Math.abs(brightness - 100 * areaOf(mesh.positions))).toBeLessThan(1);
  });

  test('keeps every color between those of the picture', () => {
    const mesh = createTorus(12);
    const { pixels, silhouettes } = drawWhite(mesh, above);
    expect(silhouettes.count).toBeGreaterThan(20);
    expect(Math.min(...pixels)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...pixels)).toBeLessThanOrEqual(1);
  });

  test('finds a pair for nearly every change between surface and background, however small the triangles', () => {
    const mesh = createTorus(200);
    const { raster, silhouettes } = drawWhite(mesh, above);
    let changes = 0;
    for (let p = 0; p < SIZE * SIZE - SIZE; p++) {
      const inside = raster.triangleId[p] >= 0;
      if (p % SIZE < SIZE - 1 && inside !== raster.triangleId[p + 1] >= 0) changes++;
      if (inside !== raster.triangleId[p + SIZE] >= 0) changes++;
    }
    // Only one of the two directions is used along an outline: a circle has π/2·√2/2·… ≈ 0.7 of all changes.
    expect(silhouettes.count).toBeGreaterThan(0.6 * changes);
    expect(silhouettes.count).toBeLessThan(changes);
  });

  test('does not blend across an edge that lies on the surface it sees', () => {
    // Two halves of one square that do not share vertices, as along a UV seam: a border, not a silhouette.
    const left = rectangle(-0.6, -0.6, 0.03, 0.6);
    const right = rectangle(0.03, -0.6, 0.6, 0.6);
    const mesh = {
      positions: Float32Array.from([...left.positions, ...right.positions]),
      indices: Uint32Array.from([...left.indices, ...right.indices.map((i) => i + 4)]),
    };
    const { silhouettes } = drawWhite(mesh);
    expect(silhouettes.count).toBeGreaterThan(0);
    for (let n = 0; n < silhouettes.count; n++) {
      const x = silhouettes.source[n] % SIZE;
      if (silhouettes.axis[n] === 0) expect(Math.abs(x - 12)).toBeGreaterThan(2);
    }
  });

  test('backward agrees with finite differences for the vertices', () => {
    const mesh = { positions: slantedQuad(), indices: Uint32Array.from([0, 1, 2, 0, 2, 3]) };
    const weights = smoothWeights();
    const loss = () => {
      const { pixels } = drawWhite(mesh);
      return pixels.reduce((sum, v, i) => sum + v * weights[i], 0);
    };
    const { raster, silhouettes, trace } = drawWhite(mesh);
    const gradScreen = new Float64Array(12);
    antialiasBackward(raster, silhouettes, trace, weights.slice(), gradScreen, null);
    const gradient = new Float32Array(12);
    projectVerticesBackward(camera, SIZE, raster.screen, gradScreen, gradient);
    // 0.01 pixel a step: no edge passes a pixel center, and the picture is then smooth in the vertices.
    const inPlane = [0, 1, 3, 4, 6, 7, 9, 10];
    const report = checkGradient({
      parameters: mesh.positions,
      gradient,
      loss,
      step: 1e-3,
      indices: inPlane,
    });
    expect(report.relativeError).toBeLessThan(1e-3);
  });

  test('backward agrees with finite differences for the colors and edge colors', () => {
    const { raster, silhouettes } = drawWhite(createTorus(12), above);
    expect(silhouettes.count).toBeGreaterThan(20);
    expect(new Set(silhouettes.insideIsSource.subarray(0, silhouettes.count)).size).toBe(2);
    const random = createRandom(4);
    const colors = random.normals(SIZE * SIZE * 3);
    const edgeColors = random.normals(silhouettes.count * 3);
    const weights = random.normals(SIZE * SIZE * 3);
    const trace = createAntialiasTrace();
    const loss = () => {
      const pixels = colors.slice();
      antialias(pixels, silhouettes, trace, edgeColors);
      return pixels.reduce((sum, v, i) => sum + v * weights[i], 0);
    };
    loss();
    const gradient = weights.slice();
    const gradEdgeColors = new Float32Array(silhouettes.count * 3);
    antialiasBackward(raster, silhouettes, trace, gradient, null, gradEdgeColors);
    // Linear in both: what is left is float32 rounding.
    expect(checkGradient({ parameters: colors, gradient, loss, step: 0.5 }).relativeError).toBeLessThan(1e-5);
    const report = checkGradient({ parameters: edgeColors, gradient: gradEdgeColors, loss, step: 0.5 });
    expect(report.relativeError).toBeLessThan(1e-5);
  });
});

/** Draws `mesh` white on black and antialiases it. */
function drawWhite(mesh: TriangleMesh, from = camera) {
  const raster = createRaster(SIZE);
  const silhouettes = createSilhouettes(SIZE);
  const trace = createAntialiasTrace();
  rasterize(mesh, from, raster);
  findSilhouettes(mesh, buildEdges(mesh), raster, silhouettes);
  const pixels = new Float32Array(SIZE * SIZE * 3);
  for (const p of raster.coveredPixels.subarray(0, raster.coveredCount)) pixels.fill(1, p * 3, p * 3 + 3);
  antialias(pixels, silhouettes, trace, null);
  return { raster, silhouettes, trace, pixels };
}

function rectangle(left: number, bottom: number, right: number, top: number): TriangleMesh {
  const positions = Float32Array.from([left, bottom, 0, right, bottom, 0, right, top, 0, left, top, 0]);
  return { positions, indices: Uint32Array.from([0, 1, 2, 0, 2, 3]) };
}

/** Steep and flat edges, no corner at a pixel center's row or column. */
function slantedQuad(): Float32Array {
  return Float32Array.from([-0.62, -0.47, 0, 0.68, -0.63, 0, 0.42, 0.58, 0, -0.33, 0.71, 0]);
}

function areaOf(positions: Float32Array): number {
  let doubled = 0;
  for (let i = 0; i < 4; i++) {
    const j = (i + 1) % 4;
    doubled += positions[i * 3] * positions[j * 3 + 1] - positions[j * 3] * positions[i * 3 + 1];
  }
  return doubled / 2;
}

function smoothWeights(): Float32Array {
  const weights = new Float32Array(SIZE * SIZE * 3);
  for (let y = 0, i = 0; y < SIZE; y++) {
    for (let x = 0; x < SIZE; x++) {
      for (let c = 0; c < 3; c++, i++) weights[i] = Math.sin(x / 3 + c) * Math.cos(y / 4 - c) + 0.3;
    }
  }
  return weights;
}

function round(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}
