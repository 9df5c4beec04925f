import { describe, expect, it } from 'vitest';
import { MODELS_DIRECTORY } from '../../env.ts';
import { frameHead } from '../../ssd/export/frame-head.ts';
import { projectLandmarks } from '../../ssd/landmarks/project-landmarks.ts';
import { createRaster, rasterize } from '../../ssd/renderer/rasterize.ts';
import { loadHeadTemplate } from '../../teacher/load-head-template.ts';
import { FACE_CHAINS, headLandmarks } from './head-landmarks.ts';
import { landmarkError } from './landmark-error.ts';

const template = await loadHeadTemplate(`${MODELS_DIRECTORY}/head-template`);
const landmarks = headLandmarks(template, template.mesh);
if (landmarks === null) throw new Error('expected a template with a face');
const { positions, chainStarts } = landmarks;

describe('headLandmarks', () => {
  it('leaves landmarks that lie on the surface where they are', () => {
    const vertices = FACE_CHAINS.flatMap((name) => [...(template.landmarks.get(name) ?? [])]);
    const expected = vertices.flatMap((v) => [...template.mesh.positions.subarray(3 * v, 3 * v + 3)]);
    expected.forEach((value, i) => expect(positions[i]).toBeCloseTo(value, 6));
  });

  it('moves landmarks to the nearest point of a surface, which is never farther than its vertices', () => {
    const shifted = template.mesh.positions.map((value, i) => (i % 3 === 2 ? value + 0.01 : value));
    const moved = headLandmarks(template, { ...template.mesh, positions: shifted })?.positions ?? positions;
    const between = (n: number, values: Float32Array, v: number): number =>
      Math.hypot(...[0, 1, 2].map((axis) => positions[3 * n + axis] - values[3 * v + axis]));
    const ways = Array.from({ length: positions.length / 3 }, (_, n) => {
      let nearest = Number.POSITIVE_INFINITY;
      for (let v = 0; v < shifted.length / 3; v++) nearest = Math.min(nearest, between(n, shifted, v));
      const way = between(n, moved, n);
      expect(way).toBeLessThanOrEqual(Math.min(nearest, 0.01) + 1e-6);
      return way;
    });
    // Most of a face looks forward, so that the surface went away from it.
    expect(ways.toSorted((a, b) => a - b)[ways.length >> 1]).toBeGreaterThan(0.004);
  });

  it('knows no face in a template without one', () => {
    expect(headLandmarks({ ...template, landmarks: new Map() }, template.mesh)).toBeNull();
  });
});

describe('landmarkError', () => {
  /** What a detector that makes no mistake would answer. */
  function detected(degrees: number) {
    const camera = frameHead(template.mesh, (degrees * Math.PI) / 180, 0);
    const raster = createRaster(256);
    rasterize(template.mesh, camera, raster);
    const style = { hiddenBelowCosine: -0.05, hiddenBehindDepth: 0.03 };
    const { points } = projectLandmarks(landmarks ?? never(), camera, raster, style);
    const found = new Float32Array(136);
    const numbers = (chain: (typeof FACE_CHAINS)[number]): number[] => {
      const c = FACE_CHAINS.indexOf(chain);
      return Array.from({ length: chainStarts[c + 1] - chainStarts[c] }, (_, i) => chainStarts[c] + i);
    };
    const middle = (chain: (typeof FACE_CHAINS)[number]): number[] => {
      const own = numbers(chain);
      return [0, 1].map((k) => own.reduce((sum, n) => sum + points[2 * n + k] / own.length, 0));
    };
    const fill = (from: number, to: number, place: readonly number[]): void => {
      for (let n = from; n <= to; n++) found.set(place, 2 * n);
    };
    fill(36, 41, middle('eyeR'));
    fill(42, 47, middle('eyeL'));
    fill(17, 21, middle('browR'));
    fill(22, 26, middle('browL'));
    // The corners are landmarks of their own; the others make up for them in the middle.
    const lips = numbers('lips_out').toSorted((a, b) => points[2 * a] - points[2 * b]);
    const corner = (n: number): number[] => [points[2 * n], points[2 * n + 1]];
    const [left, right] = [corner(lips[0]), corner(lips[lips.length - 1])];
    const rest = middle('lips_out').map((value, k) => (12 * value - left[k] - right[k]) / 10);
    fill(48, 59, rest);
    fill(48, 48, left);
    fill(54, 54, right);
    fill(
      8,
      8,
      corner(numbers('oval').reduce((low, n) => (points[2 * n + 1] > points[2 * low + 1] ? n : low))),
    );
    return { camera, raster, found, eyes: [middle('eyeR'), middle('eyeL')] };
  }

  it('is nothing where all parts are seen at their places, from the front and from aside', () => {
    for (const degrees of [0, 30]) {
      const { camera, raster, found } = detected(degrees);
      expect(landmarkError(found, landmarks ?? never(), camera, raster)).toBeCloseTo(0, 5);
    }
  });

  it('is counted in distances between the eyes, so that eyes for each other are two of eight parts off by one', () => {
    const { camera, raster, found, eyes } = detected(0);
    for (let n = 36; n <= 41; n++) found.set(eyes[1], 2 * n);
    for (let n = 42; n <= 47; n++) found.set(eyes[0], 2 * n);
    // The face lies nearer to the camera than the middle of the head and so looks some percent larger.
    expect(landmarkError(found, landmarks ?? never(), camera, raster)).toBeCloseTo(2 / 8, 1);
  });

  it('asks for nothing from behind', () => {
    const { camera, raster, found } = detected(180);
    expect(landmarkError(found, landmarks ?? never(), camera, raster)).toBeNull();
  });
});

function never(): never {
  throw new Error('expected landmarks');
}
