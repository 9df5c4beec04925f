import { expect, it } from 'vitest';
import { createDeformationField, displace, refreshDeformation } from './deformation-field.ts';
import { displaceLandmarks } from './displace-landmarks.ts';

const box = { min: [-1, -1, -1], max: [1, 1, 1] } as const;

/** A field whose displacement is `slope` · x along y (B-splines repeat linear functions exactly). */
function shearing(slope: number) {
  const field = createDeformationField({
    head: { box, coarsestSpacing: 0.5, scales: [1], margin: 0.5 },
    face: { box, coarsestSpacing: 1, scales: [1], margin: 0.5 },
  });
  const { pyramid } = field.parts[0];
  const [{ nodes, nodeCount, spacing }] = pyramid.levels;
  for (let n = 0; n < nodeCount; n++) {
    field.parameters[nodeCount + n] = slope * (pyramid.origin[0] + ((n % nodes[0]) - 0.5) * spacing);
  }
  refreshDeformation(field);
  return field;
}

const landmarks = {
  positions: Float32Array.of(0.2, 0.1, 0.3, -0.1, 0, 0.2),
  normals: Float32Array.of(0, 0, 1, 0, 1, 0),
  depths: Float32Array.of(0, 0.01),
};

it('carries points with the surface and turns their normals with its tangents', () => {
  const field = shearing(1);
  const carried = displaceLandmarks(field, landmarks);
  expect(carried.positions).toEqual(displace(field, landmarks.positions));
  expect(carried.depths).toBe(landmarks.depths);
  // y ← y + x turns the plane y = 0 into y = x, whose normal is (−1, 1, 0)/√2, and leaves the plane z = const.
  const half = Math.SQRT1_2;
  [0, 0, 1, -half, half, 0].forEach((n, i) => expect(carried.normals[i]).toBeCloseTo(n, 4));
});

it('leaves landmarks alone where nothing moved', () => {
  const carried = displaceLandmarks(shearing(0), landmarks);
  expect(carried.positions).toEqual(landmarks.positions);
  landmarks.normals.forEach((n, i) => expect(carried.normals[i]).toBeCloseTo(n, 4));
});
