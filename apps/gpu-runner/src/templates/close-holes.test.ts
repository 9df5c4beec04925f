import { expect, test } from 'vitest';
import { closeHoles } from './close-holes.ts';
import { createTriangleTree } from './triangle-tree.ts';

/** A box without lid and without bottom, counterclockwise from outside. */
const positions = Float64Array.from(
  [
    [-1, -1, -1],
    [1, -1, -1],
    [1, -1, 1],
    [-1, -1, 1],
    [-1, 1, -1],
    [1, 1, -1],
    [1, 1, 1],
    [-1, 1, 1],
  ].flat(),
);
const walls = [0, 1, 2, 3].flatMap((k) => {
  const n = (k + 1) % 4;
  return [k, k + 4, n + 4, k, n + 4, n];
});

test('every hole is covered, so that winding numbers are whole', () => {
  const closed = closeHoles(positions, Uint32Array.from(walls));
  expect(closed).toHaveLength((walls.length / 3 + 8) * 9);
  const tree = createTriangleTree(closed);
  expect(tree.windingNumber(0.1, 0.2, -0.3)).toBeCloseTo(1, 9);
  expect(tree.windingNumber(0.1, 1.2, -0.3)).toBeCloseTo(0, 9);
  expect(tree.windingNumber(0.1, -1.2, 0.3)).toBeCloseTo(0, 9);
});

test('a closed surface stays as it is', () => {
  const tetrahedron = Uint32Array.from([0, 2, 1, 0, 1, 4, 1, 2, 4, 2, 0, 4]);
  expect(closeHoles(positions, tetrahedron)).toHaveLength(4 * 9);
});
