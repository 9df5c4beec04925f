import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { TeacherManifest } from '../../teacher/teacher-manifest.ts';
import { createCamera } from '../cameras/camera.ts';
import { parseHeadTemplate } from '../head-template/head-template.ts';
import { createRaster, rasterize } from '../renderer/rasterize.ts';
import { drawLandmarks } from './draw-landmarks.ts';
import {
  followSurface,
  type LandmarkAnchors,
  landmarkAnchors,
  type SurfaceField,
} from './landmark-anchors.ts';
import { projectLandmarks } from './project-landmarks.ts';

const ROOT = new URL('../../../../../', import.meta.url);
const template = parseHeadTemplate(
  readFileSync(new URL('models/head-template/head-template.safetensors', ROOT)),
);
const teacher = TeacherManifest.parse(
  JSON.parse(readFileSync(new URL('models/starter/teacher.json', ROOT), 'utf8')),
);
const style = teacher.landmarks;
const anchors = landmarkAnchors(template, style);
const templateField = fieldOf(template.signedDistance);

function fieldOf(distance: (x: number, y: number, z: number) => number): SurfaceField {
  const h = 0.002;
  return {
    distance,
    gradient: ([x, y, z]) => [
      (distance(x + h, y, z) - distance(x - h, y, z)) / (2 * h),
      (distance(x, y + h, z) - distance(x, y - h, z)) / (2 * h),
      (distance(x, y, z + h) - distance(x, y, z - h)) / (2 * h),
    ],
  };
}

/** Pictures and poses made by scripts/fixtures/landmarks.py with the drawing code of the training data. */
const poses = z
  .array(
    z.strictObject({
      azimuthDegrees: z.number(),
      elevationDegrees: z.number(),
      fovYDegrees: z.number(),
      distanceFactor: z.number(),
    }),
  )
  .parse(JSON.parse(readFileSync(new URL('test/fixtures/landmarks/poses.json', ROOT), 'utf8')));
const strip = await sharp(new URL('test/fixtures/landmarks/pictures.png', ROOT).pathname)
  .removeAlpha()
  .raw()
  .toBuffer();
const SIZE = 128;

function expectedPicture(view: number): Uint8Array {
  const rows = Array.from({ length: SIZE }, (_, y) => {
    const start = (y * poses.length + view) * SIZE * 3;
    return strip.subarray(start, start + SIZE * 3);
  });
  return Buffer.concat(rows);
}

function cameraOf(view: number) {
  const { azimuthDegrees, elevationDegrees, fovYDegrees, distanceFactor } = poses[view];
  const fovYRad = (fovYDegrees * Math.PI) / 180;
  return createCamera({
    azimuthRad: (azimuthDegrees * Math.PI) / 180,
    elevationRad: (elevationDegrees * Math.PI) / 180,
    fovYRad,
    distance: (distanceFactor * teacher.framing.halfHeight) / Math.tan(fovYRad / 2),
    target: teacher.framing.target,
  });
}

function draw(view: number, landmarks: LandmarkAnchors, depthSize = 256): Float32Array {
  const raster = createRaster(depthSize);
  const camera = cameraOf(view);
  rasterize(template.mesh, camera, raster);
  return drawLandmarks(landmarks, projectLandmarks(landmarks, camera, raster, style), style, SIZE);
}

function compare(image: Float32Array, view: number): { drawn: number; different: number } {
  const expected = expectedPicture(view);
  let drawn = 0;
  let different = 0;
  for (let p = 0; p < SIZE * SIZE * 3; p += 3) {
    const same = [0, 1, 2].every((a) => Math.round(image[p + a] * 255) === expected[p + a]);
    if (expected[p] + expected[p + 1] + expected[p + 2] > 0) drawn++;
    if (!same) different++;
  }
  return { drawn, different };
}

describe('pictures of the plain template', () => {
  test.each(poses.map((pose, view) => [pose.azimuthDegrees, view]))(
    'equal the training convention at azimuth %d°',
    (azimuthDegrees, view) => {
      const { drawn, different } = compare(draw(view, anchors), view);
      if (Math.abs(azimuthDegrees) > 135) expect(drawn).toBe(0);
      else expect(drawn).toBeGreaterThan(50);
      // Positions are float32 here and float64 there: a sample on a pixel's border may fall to the other side.
      expect(different).toBeLessThanOrEqual(2);
    },
  );

  test.each([0, 1, 2, 3])('stay close after following the template itself, view %i', (view) => {
    const { drawn, different } = compare(draw(view, followSurface(anchors, templateField), 128), view);
    // Positions stay; in the folds of lids and lips the field's normals and the half as fine depth decide otherwise.
    expect(different).toBeLessThan(0.1 * drawn);
  });
});

describe('following the surface', () => {
  test('a grown head carries its landmarks along', () => {
    const grown = fieldOf((x, y, z) => template.signedDistance(x, y, z) - 0.03);
    const { positions } = followSurface(anchors, grown);
    let moved = 0;
    for (let i = 0; i < positions.length; i += 3) {
      const [x, y, z] = positions.subarray(i, i + 3);
      expect(Math.abs(grown.distance(x, y, z) - anchors.depths[i / 3])).toBeLessThan(0.004);
      const home = anchors.positions.subarray(i, i + 3);
      moved += Math.hypot(x - home[0], y - home[1], z - home[2]) / (positions.length / 3);
    }
    expect(moved).toBeGreaterThan(0.025);
    expect(moved).toBeLessThan(0.04);
  });

  test('no landmark leaves its place by more than 5 % of the head, however far the surface went', () => {
    const swollen = fieldOf((x, y, z) => template.signedDistance(x, y, z) - 0.2);
    const flat = fieldOf((x, y, z) => 1e-3 * template.signedDistance(x, y, z) - 0.2);
    for (const field of [swollen, flat]) {
      const { positions, normals } = followSurface(anchors, field);
      for (let i = 0; i < positions.length; i += 3) {
        const home = anchors.positions.subarray(i, i + 3);
        const away = Math.hypot(...[0, 1, 2].map((a) => positions[i + a] - home[a]));
        expect(away).toBeLessThanOrEqual(0.05 + 1e-6);
        expect(Math.hypot(normals[i], normals[i + 1], normals[i + 2])).toBeCloseTo(1, 5);
      }
    }
  });

  test('normals point out of the head', () => {
    const sphere = fieldOf((x, y, z) => Math.hypot(x, y, z) - 0.45);
    const { positions, normals } = followSurface({ ...anchors, depths: anchors.depths.map(() => 0) }, sphere);
    for (let i = 0; i < positions.length; i += 3) {
      const [x, y, z] = positions.subarray(i, i + 3);
      const cosine = (x * normals[i] + y * normals[i + 1] + z * normals[i + 2]) / Math.hypot(x, y, z);
      expect(cosine).toBeGreaterThan(0.999);
    }
  });
});

/** One chain of four landmarks on a square that faces +Z, seen from the front. */
const square: LandmarkAnchors = {
  positions: Float32Array.from([-0.2, 0.2, 0, 0.2, 0.2, 0, 0.2, -0.2, 0, -0.2, -0.2, 0]),
  normals: Float32Array.from([0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1]),
  depths: new Float32Array(4),
  chainStarts: [0, 4],
};
const frontCamera = createCamera({
  azimuthRad: 0,
  elevationRad: 0,
  fovYRad: 0.4,
  distance: 3,
  target: [0, 0, 0],
});
const rules = { hiddenBelowCosine: -0.05, hiddenBehindDepth: 0.03 };
const emptyDepth = { size: 8, depth: new Float32Array(64).fill(Number.POSITIVE_INFINITY) };

describe('visibility', () => {
  const seen = (depth: number, change: Partial<LandmarkAnchors> = {}): number[] => [
    ...projectLandmarks(
      { ...square, ...change },
      frontCamera,
      { size: 8, depth: new Float32Array(64).fill(depth) },
      rules,
    ).visible,
  ];

  test('a landmark on the surface or just under it is seen, a buried one is not', () => {
    expect(seen(3)).toEqual([1, 1, 1, 1]);
    expect(seen(2.98)).toEqual([1, 1, 1, 1]);
    expect(seen(2.96)).toEqual([0, 0, 0, 0]);
  });

  test('a landmark that looks away is hidden', () => {
    expect(seen(3, { normals: square.normals.map((n) => -n) })).toEqual([0, 0, 0, 0]);
  });

  test('a landmark outside the picture or behind the eye is hidden', () => {
    const positions = Float32Array.from([2, 0, 0, 0, 2, 0, 0, 0, 4, -0.2, -0.2, 0]);
    expect(seen(Number.POSITIVE_INFINITY, { positions })).toEqual([0, 0, 0, 1]);
  });
});

describe('drawing', () => {
  const chain = { name: 'square', kind: 'closed', color: [255, 0, 51] } as const;
  const drawn = (kind: 'closed' | 'open' | 'dot', lineWidthPx = 1, hidden: number[] = []) => {
    const projected = projectLandmarks(square, frontCamera, emptyDepth, rules);
    for (const n of hidden) projected.visible[n] = 0;
    const image = drawLandmarks(
      square,
      projected,
      { lineWidthPx, dotSizePx: 2, chains: [{ ...chain, kind }] },
      64,
    );
    return {
      image,
      count: image.filter((_, i) => i % 3 === 0 && image[i] > 0).length,
    };
  };

  test('uses the color of the chain in [0, 1]', () => {
    const { image } = drawn('closed');
    const first = image.findIndex((value) => value > 0);
    expect([...image.subarray(first, first + 3)]).toEqual([1, 0, Math.fround(0.2)]);
  });

  test('closes closed chains and leaves open ones open', () => {
    // Corners at 32 ± 10.5: sides of 21 pixels, and a square's four corners are shared.
    expect(drawn('closed').count).toBe(4 * 21);
    expect(drawn('open').count).toBe(3 * 21 + 1);
  });

  test('leaves out every segment with a hidden end', () => {
    expect(drawn('closed', 1, [0]).count).toBe(2 * 21 + 1);
    expect(drawn('closed', 1, [0, 2]).count).toBe(0);
  });

  test('draws wider lines where a teacher wants them', () => {
    expect(drawn('closed', 3).count).toBeGreaterThan(2.5 * drawn('closed').count);
  });

  test('a dot is a square at the mean of its landmarks, and goes only with the last of them', () => {
    expect(drawn('dot').count).toBe(4);
    expect(drawn('dot', 1, [0, 1, 2]).count).toBe(4);
    expect(drawn('dot', 1, [0, 1, 2, 3]).count).toBe(0);
  });
});

test('an unknown chain is refused by name', () => {
  const chains = [{ name: 'third eye', kind: 'dot', color: [1, 2, 3] }] as const;
  expect(() => landmarkAnchors(template, { chains })).toThrow(/third eye/);
});
