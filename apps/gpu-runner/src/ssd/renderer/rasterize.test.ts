import { describe, expect, test } from 'vitest';
import { checkGradient } from '../../../../../test/gradient-check.ts';
import { createRandom } from '../../tensor/random.ts';
import { type Camera, createCamera } from '../cameras/camera.ts';
import type { TriangleMesh } from '../mesh.ts';
import { createBall, createBumpyBall } from './ball-mesh.ts';
import { projectVerticesBackward } from './project-vertices.ts';
import { createRaster, rasterize, rasterizeBackward } from './rasterize.ts';

const camera = createCamera({
  azimuthRad: 0.4,
  elevationRad: 0.2,
  fovYRad: 0.6,
  distance: 3,
  target: [0, 0, 0],
});

describe('rasterize', () => {
  test('sees what a ray through each pixel center hits first', () => {
    const mesh = randomTriangles(40);
    const raster = createRaster(48);
    rasterize(mesh, camera, raster);
    expect(raster.coveredCount).toBeGreaterThan(400);
    let covered = 0;
    for (let p = 0; p < 48 * 48; p++) {
      const hit = castRay(mesh, camera, 48, p);
      expect(raster.triangleId[p]).toBe(hit.triangle);
      if (hit.triangle < 0) {
        expect(raster.depth[p]).toBe(Number.POSITIVE_INFINITY);
        continue;
      }
      expect(raster.coveredPixels[covered++]).toBe(p);
      // Results are float32.
      expect(Math.abs(raster.depth[p] - hit.depth)).toBeLessThan(1e-6);
      expect(Math.abs(raster.barycentrics[2 * p] - hit.wb)).toBeLessThan(1e-5);
      expect(Math.abs(raster.barycentrics[2 * p + 1] - hit.wc)).toBeLessThan(1e-5);
    }
    expect(raster.coveredCount).toBe(covered);
    const depths = Array.from(raster.depth).filter(Number.isFinite);
    expect(raster.depthMin).toBeCloseTo(Math.min(...depths), 6);
    expect(raster.depthMax).toBeCloseTo(Math.max(...depths), 6);
  });

  test('draws a closed mesh without holes, and alike with and without back faces', () => {
    const mesh = createBall(24);
    const all = createRaster(96);
    const culled = createRaster(96);
    rasterize(mesh, camera, all);
    rasterize(mesh, camera, culled, { cullBackFaces: true });
    expect(culled.triangleId).toEqual(all.triangleId);
    for (let y = 0; y < 96; y++) {
      const row = Array.from(all.triangleId.subarray(y * 96, y * 96 + 96), (id) => id >= 0);
      const first = row.indexOf(true);
      if (first >= 0) expect(row.slice(first, row.lastIndexOf(true)).every(Boolean)).toBe(true);
    }
  });

  test('leaves out triangles that face away only when asked to', () => {
    const { positions, indices } = frontTriangle();
    const turned = { positions, indices: Uint32Array.from([indices[0], indices[2], indices[1]]) };
    const raster = createRaster(16);
    rasterize(turned, camera, raster);
    expect(raster.coveredCount).toBeGreaterThan(0);
    rasterize(turned, camera, raster, { cullBackFaces: true });
    expect(raster.coveredCount).toBe(0);
    rasterize({ positions, indices }, camera, raster, { cullBackFaces: true });
    expect(raster.coveredCount).toBeGreaterThan(0);
  });

  test('skips triangles that reach behind the eye', () => {
    const { positions, indices } = frontTriangle();
    positions.set(
      camera.eye.map((e, k) => e - camera.forward[k]),
      0,
    );
    const raster = createRaster(16);
    rasterize({ positions, indices }, camera, raster);
    expect(raster.coveredCount).toBe(0);
    expect([raster.depthMin, raster.depthMax]).toEqual([0, 0]);
  });

  test('forgets the picture before when its buffers are used again', () => {
    const used = createRaster(48);
    rasterize(createBumpyBall(12), camera, used);
    const fresh = createRaster(48);
    const mesh = randomTriangles(5);
    rasterize(mesh, camera, used);
    rasterize(mesh, camera, fresh);
    expect(used.triangleId).toEqual(fresh.triangleId);
    expect(used.barycentrics).toEqual(fresh.barycentrics);
    expect(used.depth).toEqual(fresh.depth);
  });

  test('backward agrees with finite differences of the barycentrics', () => {
    const mesh = frontTriangle();
    const raster = createRaster(12);
    rasterize(mesh, camera, raster);
    // Pixels that no step below can uncover: visibility is constant there.
    const inner = Array.from(raster.coveredPixels.subarray(0, raster.coveredCount)).filter((p) => {
      const wb = raster.barycentrics[2 * p];
      const wc = raster.barycentrics[2 * p + 1];
      return Math.min(wb, wc, 1 - wb - wc) > 0.05;
    });
    expect(inner.length).toBeGreaterThan(10);
    const random = createRandom(1);
    const weights = new Float32Array(12 * 12 * 2);
    for (const p of inner) weights.set([random.normal(), random.normal()], 2 * p);
    const loss = () => {
      rasterize(mesh, camera, raster);
      return weights.reduce((sum, w, i) => sum + w * raster.barycentrics[i], 0);
    };
    loss();
    const gradScreen = new Float64Array(9);
    const gradient = new Float32Array(9);
    rasterizeBackward(mesh, raster, weights, gradScreen);
    projectVerticesBackward(camera, 12, raster.screen, gradScreen, gradient);
    const report = checkGradient({ parameters: mesh.positions, gradient, loss, step: 2e-3 });
    // Barycentrics are float32 (6e-8 each, step 2e-3) and smooth: noise near 1e-4, curvature near 1e-5.
    expect(report.relativeError).toBeLessThan(1e-3);
  });
});

function frontTriangle(): TriangleMesh {
  const positions = Float32Array.from([-0.6, -0.5, 0.1, 0.7, -0.4, -0.3, 0.05, 0.6, 0.2]);
  return { positions, indices: Uint32Array.from([0, 1, 2]) };
}

function randomTriangles(count: number): TriangleMesh {
  const random = createRandom(3);
  const positions = new Float32Array(count * 9);
  for (let i = 0; i < positions.length; i++) positions[i] = random.between(-0.7, 0.7);
  return { positions, indices: new Uint32Array(count * 3).map((_, i) => i) };
}

/** Möller–Trumbore against every triangle: the plain reference. */
function castRay(mesh: TriangleMesh, from: Camera, size: number, pixel: number) {
  const x = (((pixel % size) + 0.5) / size) * 2 - 1;
  const y = 1 - ((Math.floor(pixel / size) + 0.5) / size) * 2;
  // One unit of view depth a unit of t.
  const d = [0, 1, 2].map((k) => from.forward[k] + (x * from.right[k] + y * from.up[k]) / from.focal);
  const at = (v: number) => [0, 1, 2].map((k) => mesh.positions[v * 3 + k]);
  let best = { triangle: -1, depth: Number.POSITIVE_INFINITY, wb: 0, wc: 0 };
  for (let t = 0; t < mesh.indices.length / 3; t++) {
    const a = at(mesh.indices[t * 3]);
    const e1 = subtract(at(mesh.indices[t * 3 + 1]), a);
    const e2 = subtract(at(mesh.indices[t * 3 + 2]), a);
    const h = cross(d, e2);
    const determinant = dot(e1, h);
    const s = subtract([...from.eye], a);
    const wb = dot(s, h) / determinant;
    const q = cross(s, e1);
    const wc = dot(d, q) / determinant;
    const depth = dot(e2, q) / determinant;
    if (wb >= 0 && wc >= 0 && wb + wc <= 1 && depth > 0 && depth < best.depth)
      best = { triangle: t, depth, wb, wc };
  }
  return best;
}

function subtract(a: number[], b: number[]): number[] {
  return a.map((v, k) => v - b[k]);
}

function cross(a: number[], b: number[]): number[] {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

function dot(a: number[], b: number[]): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}
