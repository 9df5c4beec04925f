import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { createRandom } from '../../tensor/random.ts';
import { loadHeadTemplate } from '../../teacher/load-head-template.ts';
import type { FieldFitSettings } from '../tetrahedral-grid/field-settings.ts';
import { openHashGridField } from '../tetrahedral-grid/hash-grid-field.ts';
import type { HashGridField } from '../tetrahedral-grid/sample-hash-grid-field.ts';
import { fitField } from './fit-field.ts';
import { HEAD_BOX } from './geometry.ts';

const fit: FieldFitSettings = {
  steps: 150,
  learningRate: 1e-2,
  uniformPoints: 512,
  nearPoints: 512,
  nearSpread: 0.02,
};

const open = (replaced: Partial<FieldFitSettings> = {}): Promise<HashGridField> =>
  openHashGridField({
    settings: {
      kind: 'hash-grid',
      grid: { levelCount: 6, baseResolution: 8, finestResolution: 48, tableSizeLog2: 14, damping: 0.5 },
      halfEdge: 0.9,
      hiddenSizes: [32],
      offsetStart: 'zero',
      offsetBound: 0.012,
      bandCells: 2,
      refreshSteps: 16,
      fit: { ...fit, ...replaced },
    },
    box: HEAD_BOX,
    random: createRandom(1),
    choice: { threads: 1 },
  });

const headTemplate = loadHeadTemplate(
  fileURLToPath(new URL('../../../../../models/head-template/', import.meta.url)),
);

test('the built-in head is fitted to a hundredth of its height in a second, and the error told is the error', async () => {
  const { signedDistance } = await headTemplate;
  const field = await open();
  const report = await fitField(field, signedDistance);
  expect(report.nearRms).toBeLessThan(0.006);
  expect(report.uniformRms).toBeLessThan(0.02);
  const { distance } = field.probe();
  expect(distance(0, 0, 0) / signedDistance(0, 0, 0)).toBeCloseTo(1, 1);
  const random = createRandom(5);
  let squares = 0;
  for (let k = 0; k < 2000; k++) {
    const [x, y, z] = [0, 1, 2].map(() => random.between(-0.9, 0.9));
    squares += (distance(x, y, z) - signedDistance(x, y, z)) ** 2;
  }
  expect(Math.sqrt(squares / 2000) / report.uniformRms).toBeCloseTo(1, 0);
  expect(report.nearLargest).toBeGreaterThan(report.nearRms);
  await field.dispose();
});

test('points around the surface make the fit closer there than uniform ones alone', async () => {
  const { signedDistance } = await headTemplate;
  const near = await open({ steps: 120 });
  const uniform = await open({ steps: 120, uniformPoints: 1024, nearPoints: 0 });
  const [withNear, without] = [await fitField(near, signedDistance), await fitField(uniform, signedDistance)];
  expect(withNear.nearRms).toBeLessThan(0.8 * without.nearRms);
  await near.dispose();
  await uniform.dispose();
});

test('the same template gives the same bytes, leaves the offsets alone, and no gradient behind', async () => {
  const { signedDistance } = await headTemplate;
  const [first, second] = [await open({ steps: 5 }), await open({ steps: 5 })];
  const before = first.parameters.slice();
  await fitField(first, signedDistance);
  await fitField(second, signedDistance);
  expect(first.parameters).toEqual(second.parameters);
  expect(first.parameters).not.toEqual(before);
  // The offset network is the last 12 · 32 + 32 · 3 weights.
  expect(first.parameters.subarray(-480)).toEqual(before.subarray(-480));
  expect(first.gradient.every((g) => g === 0)).toBe(true);
  await first.dispose();
  await second.dispose();
});

test('a template without a surface in the box is refused, and an abort is heard', async () => {
  const field = await open();
  await expect(fitField(field, () => 1)).rejects.toThrow('fitField: expected a template with a surface');
  const ball = (x: number, y: number, z: number): number => Math.hypot(x, y, z) - 0.4;
  await expect(fitField(field, ball, AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough');
  await field.dispose();
});
