import { describe, expect, it } from 'vitest';
import { checkGradient } from '../../../../../test/gradient-check.ts';
import { createRandom } from '../../tensor/random.ts';
import { type ColorField, type ColorFieldConfig, createColorField } from './color-field.ts';
import { encodeHashGrid, layOutHashGrid } from './hash-grid.ts';
import { initializeMlp, openMlp } from './mlp.ts';

const SMALL: ColorFieldConfig = {
  grid: { levelCount: 3, baseResolution: 2, finestResolution: 9, tableSizeLog2: 6, damping: 0 },
  hiddenSizes: [16, 8],
};
const LAYERS = [6, 16, 8, 3];

describe('openMlp', () => {
  it('equals the plain network over several chunks and a partial one', async () => {
    const mlp = await openMlp(LAYERS, { threads: 1 });
    const count = 2 * 4096 + 5;
    const inputs = createRandom(1).normals(count * 6);
    const weights = createRandom(2)
      .normals(mlp.weightCount)
      .map((value) => 0.4 * value);
    const outputs = await mlp.forward(inputs, weights);
    const expected = plainMlp(LAYERS, inputs, Float64Array.from(weights));
    const worst = outputs.reduce((error, value, i) => Math.max(error, Math.abs(value - expected[i])), 0);
    // Float32 sums of at most sixteen terms near 1, through sigmoids of slope at most 1/4.
    expect(worst).toBeLessThan(2e-6);
    await mlp.dispose();
  });

  it('pulls gradients back as finite differences of the plain network say', async () => {
    const mlp = await openMlp(LAYERS, { threads: 1 });
    const count = 4096 + 3;
    const random = createRandom(3);
    const inputs = random.fork('inputs').normals(count * 6);
    const weights = random
      .fork('weights')
      .normals(mlp.weightCount)
      .map((value) => 0.4 * value);
    const gradOutputs = random.fork('gradient').normals(count * 3);
    const gradWeights = new Float32Array(mlp.weightCount).fill(1);
    const gradInputs = await mlp.backward(inputs, weights, gradOutputs, gradWeights);
    const exact = { weights: Float64Array.from(weights), inputs: Float64Array.from(inputs) };
    const loss = (): number =>
      plainMlp(LAYERS, exact.inputs, exact.weights).reduce((sum, y, i) => sum + y * gradOutputs[i], 0);
    // In double the differences are exact to about 1e-7; the gradients are float32 sums over 4,099 rows.
    const forWeights = checkGradient({
      parameters: exact.weights,
      gradient: gradWeights.map((value) => value - 1),
      loss,
      step: 1e-6,
      indices: [0, 17, 95, 96, 150, 223, 224, 240, 247],
    });
    expect(forWeights.relativeError).toBeLessThan(1e-4);
    const indices = [0, 5, 6 * 4095 + 1, 6 * 4096, 6 * 4098 + 5];
    const forInputs = checkGradient({
      parameters: exact.inputs,
      gradient: gradInputs,
      loss,
      step: 1e-6,
      indices,
    });
    expect(forInputs.relativeError).toBeLessThan(1e-4);
    await mlp.dispose();
  });

  it('refuses arrays that do not fit', async () => {
    const mlp = await openMlp(LAYERS, { threads: 1 });
    await expect(mlp.forward(new Float32Array(7), new Float32Array(mlp.weightCount))).rejects.toThrow(
      'mlp: expected rows of 6',
    );
    await mlp.dispose();
    expect(() => initializeMlp([3], createRandom(1))).toThrow('mlp: expected at least two');
  });
});

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

/** The network in double precision, one row at a time. */
function plainMlp(
  layerSizes: readonly number[],
  inputs: ArrayLike<number>,
  weights: Float64Array,
): Float64Array {
  const width = layerSizes[0];
  const count = inputs.length / width;
  const last = layerSizes.length - 2;
  const outputs = new Float64Array(count * layerSizes[last + 1]);
  for (let row = 0; row < count; row++) {
    let values = Array.from({ length: width }, (_, i) => inputs[row * width + i]);
    let at = 0;
    for (let layer = 0; layer <= last; layer++) {
      const columns = layerSizes[layer + 1];
      const start = at;
      const next = Array.from({ length: columns }, (_, column) =>
        values.reduce((sum, value, i) => sum + value * weights[start + i * columns + column], 0),
      );
      at += values.length * columns;
      values = next.map((value) => (layer === last ? 1 / (1 + Math.exp(-value)) : Math.max(value, 0)));
    }
    outputs.set(values, row * layerSizes[last + 1]);
  }
  return outputs;
}
