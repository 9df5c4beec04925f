import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadHeadTemplate } from '../teacher/load-head-template.ts';
import {
  createDeformationField,
  type DeformationSettings,
  displace,
  displaceBackward,
  refreshDeformation,
} from './deformation/deformation-field.ts';
import { createDeformationMoments, stepDeformation } from './deformation/step-deformation.ts';
import { EDIT_SETTINGS } from './edit-settings.ts';
import type { HeadTemplate } from './head-template/head-template.ts';

const { deformation } = EDIT_SETTINGS.draft.geometry;
const STEPS = 60;

let template: HeadTemplate;
beforeAll(async () => {
  const models = fileURLToPath(new URL('../../../../models/', import.meta.url));
  template = await loadHeadTemplate(`${models}head-template`);
});

interface Goal {
  /** [P, 3] points of the closed head's surface around the mouth or the eyes, and where an expression takes them. */
  readonly rest: Float32Array;
  readonly moved: Float32Array;
  /** [P] distance to the nearest landmark of a chain. */
  readonly fromChain: Float32Array;
}

/** Points near a chain with their ways in one of the template's ARKit expressions at full strength. */
function goalOf(expression: string, chainName: string): Goal {
  const { positions } = template.mesh;
  const offsets = new Float32Array(positions.length);
  const { vertices, offsets: own } = template.expressions.get(expression) ?? { vertices: [], offsets: [] };
  vertices.forEach((v: number, n: number) => offsets.set(own.slice(3 * n, 3 * n + 3), 3 * v));
  const chain = template.landmarks.get(chainName) ?? new Uint32Array(0);
  const [rest, moved, fromChain]: number[][] = [[], [], []];
  for (let v = 0; v < positions.length / 3; v++) {
    const point = [...positions.subarray(3 * v, 3 * v + 3)];
    const distance = Math.min(
      ...Array.from(chain, (w) => Math.hypot(...point.map((x, k) => x - positions[3 * w + k]))),
    );
    // The skin that shows: not the mouth's inside, nor what lies behind the lids.
    const onSurface = Math.abs(template.signedDistance(point[0], point[1], point[2])) < 4e-3;
    if (distance > 0.12 || !onSurface) continue;
    rest.push(...point);
    moved.push(...point.map((x, k) => x + offsets[3 * v + k]));
    fromChain.push(distance);
  }
  return {
    rest: Float32Array.from(rest),
    moved: Float32Array.from(moved),
    fromChain: Float32Array.from(fromChain),
  };
}

/** Fits a deformation to a goal by least squares and answers the ways that are left, [P]. */
function missOf({ rest, moved }: Goal, settings: DeformationSettings): Float32Array {
  const field = createDeformationField(settings);
  const moments = createDeformationMoments(field);
  for (let step = 0; step < STEPS; step++) {
    const gradient = displace(field, rest).map((x, i) => x - moved[i]);
    field.gradient.fill(0);
    displaceBackward(field, rest, gradient);
    const rate = 8e-3 * (1 - step / STEPS);
    stepDeformation(
      field,
      moments,
      field.levels.map(() => rate),
    );
    refreshDeformation(field);
  }
  const reached = displace(field, rest);
  return Float32Array.from({ length: rest.length / 3 }, (_, p) =>
    Math.hypot(...[0, 1, 2].map((k) => reached[3 * p + k] - moved[3 * p + k])),
  );
}

function meanWhere(values: Float32Array, holds: (p: number) => boolean): number {
  const chosen = values.filter((_, p) => holds(p));
  return chosen.reduce((sum, value) => sum + value, 0) / chosen.length;
}

describe('the deformation that edits learn', () => {
  test('opens the mouth: lips part although they touch, but for a band along their line', () => {
    const goal = goalOf('jawOpen', 'lips_in');
    const miss = missOf(goal, deformation);
    const beside = (p: number): boolean => goal.fromChain[p] > 0.015 && goal.fromChain[p] < 0.05;
    const [lower, upper] = [-1, 1].map((side) => {
      const ways = Float32Array.from(goal.fromChain, (_, p) => goal.rest[3 * p + 1] - goal.moved[3 * p + 1]);
      return meanWhere(ways, (p) => beside(p) && side * (goal.rest[3 * p + 1] + 0.2975) > 0.01);
    });
    expect(lower - upper).toBeGreaterThan(0.05);
    // A twentieth of that way, and several times less than what the levels of the head alone leave.
    expect(meanWhere(miss, beside)).toBeLessThan(3e-3);
    const coarse = { ...deformation, face: { ...deformation.face, scales: [0] } };
    expect(meanWhere(missOf(goal, coarse), beside)).toBeGreaterThan(3 * meanWhere(miss, beside));
    // The limit: points of the two lips that touch have one way together.
    expect(meanWhere(miss, (p) => goal.fromChain[p] < 0.005)).toBeGreaterThan(1e-2);
  });

  test('closes the eyes: lids follow over the eyeball', () => {
    const goal = goalOf('eyeBlinkLeft', 'eyeL');
    expect(meanWhere(missOf(goal, deformation), () => true)).toBeLessThan(1.5e-3);
  });
});

test.each(Object.entries(EDIT_SETTINGS))(
  '%s starts every level of the deformation in time',
  (_, { geometry }) => {
    const levels = createDeformationField(geometry.deformation).levels.length;
    expect(geometry.levelStarts).toHaveLength(levels);
    expect(Math.max(...geometry.levelStarts)).toBeLessThan(geometry.steps);
  },
);
