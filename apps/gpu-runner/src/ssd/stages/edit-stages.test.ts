import { describe, expect, it } from 'vitest';
import { bareGuide } from '../../../../../test/bare-guide.ts';
import { checkGradient } from '../../../../../test/gradient-check.ts';
import { createRandom } from '../../tensor/random.ts';
import type { ColorField } from '../color-field/color-field.ts';
import { createDeformationField, displace } from '../deformation/deformation-field.ts';
import { EDIT_SETTINGS } from '../edit-settings.ts';
import type { LandmarkAnchors } from '../landmarks/landmark-anchors.ts';
import { createBall } from '../renderer/ball-mesh.ts';
import { prepareSurface } from '../renderer/surface.ts';
import { editGeometry } from './edit-geometry.ts';
import { addIdentityGradient, editTexture } from './edit-texture.ts';
import type { Guide, GuidedView } from './guide.ts';

const SIZE = 32;
const ball = createBall(12, () => 0.45);
const landmarks: LandmarkAnchors = {
  positions: Float32Array.of(0, 0, 0.45, 0, -0.3, 0.33),
  normals: Float32Array.of(0, 0, 1, 0, -0.67, 0.74),
  depths: new Float32Array(2),
  chainStarts: [0, 1, 2],
};

/** A teacher that wants every picture brighter by `pull` in its middle, and tells what it was shown. */
function guideOf(
  pull: number,
  onViews: (views: readonly GuidedView[], seen: LandmarkAnchors) => void = () => {},
) {
  const guide: Guide = {
    ...bareGuide(SIZE),
    follow: () => landmarks,
    gradients: async (views, seen) => {
      onViews(views, seen);
      const image = new Float32Array(3 * SIZE * SIZE);
      for (let y = 12; y < 20; y++) for (let x = 12; x < 20; x++) image[3 * (y * SIZE + x)] = -pull;
      return { images: [image], latentRms: pull, latents: new Float32Array(0) };
    },
  };
  return guide;
}

const run = { name: 'test', random: createRandom(1) };
const geometrySettings = {
  ...EDIT_SETTINGS.smoke.geometry,
  steps: 2,
  viewsPerStep: 1,
  frontShare: 1,
  levelStarts: [0, 0, 0, 0, 0, 0],
};

describe('a geometry edit', () => {
  const edit = async (pull: number, seen: LandmarkAnchors[] = []) => {
    const field = createDeformationField(geometrySettings.deformation);
    const mesh = { positions: ball.positions.slice(), indices: ball.indices };
    const guide = guideOf(pull, (_, anchors) => seen.push(anchors));
    await editGeometry({ field, mesh, landmarks, guide, settings: geometrySettings, run });
    expect(mesh.positions).toEqual(ball.positions);
    return field;
  };

  it('moves the surface where the teacher pulls, and the landmarks with it', async () => {
    const seen: LandmarkAnchors[] = [];
    const field = await edit(1e4, seen);
    const moved = displace(field, ball.positions);
    const wayOf = (holds: (z: number) => boolean): number =>
      Math.max(
        ...Array.from(moved.keys(), (i) =>
          holds(ball.positions[i - (i % 3) + 2]) ? Math.abs(moved[i] - ball.positions[i]) : 0,
        ),
      );
    expect(wayOf((z) => z > 0.3)).toBeGreaterThan(1e-4);
    expect(wayOf((z) => z > 0.3)).toBeGreaterThan(5 * wayOf((z) => z < -0.3));
    expect(seen[0].positions).toEqual(landmarks.positions);
    expect(seen[1].positions).not.toEqual(landmarks.positions);
  });

  it('moves nothing when the teacher pulls at nothing', async () => {
    expect((await edit(0)).parameters.every((parameter) => parameter === 0)).toBe(true);
  });
});

describe('a texture edit', () => {
  /** A field of plain gray that remembers where it was asked. */
  function grayField(asked: Float32Array[]): ColorField {
    const parameters = { table: new Float32Array(2), weights: new Float32Array(2) };
    return {
      parameters,
      gradients: { table: new Float32Array(2), weights: new Float32Array(2) },
      forward: async (points) => {
        asked.push(points);
        return { colors: new Float32Array(points.length).fill(0.5), points, features: new Float32Array(0) };
      },
      backward: async () => {},
      clearGradients: () => {},
      dispose: async () => {},
    };
  }

  it('asks for the colors of a moved surface where it lay at rest', async () => {
    const asked: Float32Array[] = [];
    const baseAsked: Float32Array[] = [];
    const shifted = ball.positions.map((value, i) => (i % 3 === 0 ? value + 0.2 : value));
    await editTexture({
      field: grayField(asked),
      fieldConfig: {
        grid: { levelCount: 1, baseResolution: 2, finestResolution: 2, tableSizeLog2: 4, damping: 0 },
        hiddenSizes: [],
      },
      base: grayField(baseAsked),
      surface: prepareSurface({ positions: shifted, indices: ball.indices }),
      positionsRest: ball.positions,
      landmarks,
      guide: guideOf(1),
      settings: { ...EDIT_SETTINGS.smoke.texture, steps: 1, viewsPerStep: 1 },
      run,
    });
    expect(asked[0].length).toBeGreaterThan(0);
    for (let i = 0; i < asked[0].length; i += 3) {
      // On the resting ball, whose facets lie a little inside it.
      expect(Math.hypot(...asked[0].subarray(i, i + 3))).toBeGreaterThan(0.43);
      expect(Math.hypot(...asked[0].subarray(i, i + 3))).toBeLessThan(0.4501);
    }
    expect(baseAsked[0]).toEqual(asked[0]);
  });

  it('has an identity term of zero at the base, with a gradient that agrees with finite differences', () => {
    const base = createRandom(1, 'base').normals(12);
    const colors = createRandom(2, 'colors').normals(12);
    const nowhere = new Float32Array(12);
    expect(addIdentityGradient(base, base, 1, nowhere)).toBeCloseTo(0, 12);
    expect(nowhere.every((g) => g === 0)).toBe(true);
    const gradient = new Float32Array(12);
    addIdentityGradient(colors, base, 1, gradient);
    const loss = (): number => addIdentityGradient(colors, base, 1, new Float32Array(12));
    // float32 colors of size 1 over a step of 1e-2, and the norm's curvature.
    expect(checkGradient({ parameters: colors, gradient, loss, step: 1e-2 }).relativeError).toBeLessThan(
      1e-3,
    );
  });
});
