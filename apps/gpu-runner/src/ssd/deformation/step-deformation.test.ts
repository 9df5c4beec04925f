import { describe, expect, it } from 'vitest';
import { createDeformationField } from './deformation-field.ts';
import { createDeformationMoments, stepDeformation } from './step-deformation.ts';

function createField() {
  const box = { min: [-1, -1, -1], max: [1, 1, 1] } as const;
  return createDeformationField({
    head: { box, coarsestSpacing: 1, scales: [1], margin: 0.5 },
    face: { box, coarsestSpacing: 1, scales: [1], margin: 0.5 },
  });
}

describe('a step of a deformation', () => {
  it('moves nothing without a gradient', () => {
    const field = createField();
    stepDeformation(field, createDeformationMoments(field), [1, 1]);
    expect(field.parameters.every((p) => p === 0)).toBe(true);
  });

  it('is the same whatever the gradient is measured in, and keeps the proportions within a level', () => {
    const [small, large] = [1e-6, 1e3].map((unit) => {
      const field = createField();
      const moments = createDeformationMoments(field);
      for (let n = 0; n < 3; n++) {
        field.gradient.set([3 * unit, 0, -1 * unit], 0);
        stepDeformation(field, moments, [0.1, 0.1]);
      }
      return field.parameters;
    });
    // The mean square of the two touched parameters is 5, so one step is 0.1 · 3/√5, three of them three times that.
    expect(small[0]).toBeCloseTo((-0.3 * 3) / Math.sqrt(5), 5);
    expect(small[2]).toBeCloseTo(0.3 / Math.sqrt(5), 5);
    expect(small[1]).toBe(0);
    small.forEach((p, i) => expect(large[i]).toBeCloseTo(p, 5));
  });

  it('takes each level at its own rate, none at rate zero', () => {
    const field = createField();
    const [head, face] = field.levels;
    field.gradient[head.start] = 1;
    field.gradient[face.start] = 1;
    stepDeformation(field, createDeformationMoments(field), [0, 0.2]);
    expect(field.parameters[head.start]).toBe(0);
    expect(field.parameters[face.start]).toBeCloseTo(-0.2, 6);
  });
});
