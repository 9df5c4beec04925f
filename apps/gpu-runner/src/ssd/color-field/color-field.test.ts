import { describe, expect, it } from 'vitest';
import { checkGradient } from '../../../../../test/gradient-check.ts';
import { plainMlp } from '../../../../../test/plain-mlp.ts';
import { createRandom } from '../../tensor/random.ts';
import { type ColorField, type ColorFieldConfig, createColorField } from './color-field.ts';
import { encodeHashGrid, layOutHashGrid } from '../neural-field/hash-grid.ts';

const SMALL: ColorFieldConfig = {
  grid: { levelCount: 3, baseResolution: 2, finestResolution: 9, tableSizeLog2: 6, damping: 0 },
  hiddenSizes: [16, 8],
};
const LAYERS = [6, 16, 8, 3];

describe('createColorField', () => {
  it('starts at exactly mid gray everywhere, for every seed', async () => {
    for (const seed of [1, 2]) {
      const field = await createColorField(SMALL, createRandom(seed), { threads: 1 });
      const { colors } = await field.forward(createRandom(9).normals(300));
      expect(new Set(colors)).toEqual(new Set([0.5]));
      expect(field.parameters.table.some((value) => value !== 0)).toBe(true);
      await field.dispose();
    }
  });

  it('is the network of the encoding, and its gradients agree with finite differences', async () => {
    const field = await createColorField(SMALL, createRandom(4), { threads: 1 });
    liven(field);
    const points = createRandom(5)
      .normals(60)
      .map((value) => 0.5 * value);
    const gradColors = createRandom(6).normals(60);
    const sample = await field.forward(points);
    await field.backward(sample, gradColors);

    const grid = layOutHashGrid(SMALL.grid);
    const features = new Float32Array(20 * grid.featureCount);
    encodeHashGrid(grid, points, field.parameters.table, features);
    const weights = Float64Array.from(field.parameters.weights);
    const expected = plainMlp(LAYERS, features, weights);
    sample.colors.forEach((value, i) => expect(value).toBeCloseTo(expected[i], 5));

    const table = field.parameters.table.slice();
    const lossOfTable = (): number => {
      encodeHashGrid(grid, points, table, features);
      return plainMlp(LAYERS, features, weights).reduce((sum, y, i) => sum + y * gradColors[i], 0);
    };
    // The features are rounded to float32 (6e-8), so a step of 1e-4 leaves up to 1e-2 of the largest gradient
    // where a row serves several points; a larger step would carry some entry across the kink of a ReLU.
    const report = checkGradient({
      parameters: table,
      gradient: field.gradients.table,
      loss: lossOfTable,
      step: 1e-4,
    });
    expect(report.relativeError).toBeLessThan(2e-2);
    await field.dispose();
  });

  it('adds gradients until they are cleared', async () => {
    const field = await createColorField(SMALL, createRandom(7), { threads: 1 });
    liven(field);
    const sample = await field.forward(createRandom(8).normals(30));
    const gradColors = createRandom(9).normals(30);
    await field.backward(sample, gradColors);
    const once = field.gradients.weights.slice();
    await field.backward(sample, gradColors);
    expect(field.gradients.weights).toEqual(once.map((value) => 2 * value));
    field.clearGradients();
    expect(field.gradients.table.every((value) => value === 0)).toBe(true);
    expect(field.gradients.weights.every((value) => value === 0)).toBe(true);
    await field.dispose();
  });

  it('gives the same bytes for the same seed', async () => {
    const first = await createColorField(SMALL, createRandom(10), { threads: 1 });
    const second = await createColorField(SMALL, createRandom(10), { threads: 1 });
    expect(second.parameters).toEqual(first.parameters);
    await first.dispose();
    await second.dispose();
  });
});

/** Puts the field far enough from gray that every layer matters. */
function liven(field: ColorField): void {
  const random = createRandom(11);
  const { table, weights } = field.parameters;
  for (let i = 0; i < table.length; i++) table[i] = random.normal();
  for (let i = 0; i < weights.length; i++) weights[i] = 0.4 * random.normal();
}
