import { describe, expect, it } from 'vitest';
import { checkGradient } from '../../../../../test/gradient-check.ts';
import { plainMlp } from '../../../../../test/plain-mlp.ts';
import { createRandom } from '../../tensor/random.ts';
import { createMlpProbe, initializeMlp, openMlp } from './mlp.ts';

const LAYERS = [6, 16, 8, 3];

describe('openMlp', () => {
  it('equals the plain network over several chunks and a partial one', async () => {
    const mlp = await openMlp(LAYERS, 'sigmoid', { threads: 1 });
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
    const mlp = await openMlp(LAYERS, 'sigmoid', { threads: 1 });
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
    const mlp = await openMlp(LAYERS, 'sigmoid', { threads: 1 });
    await expect(mlp.forward(new Float32Array(7), new Float32Array(mlp.weightCount))).rejects.toThrow(
      'mlp: expected rows of 6',
    );
    await mlp.dispose();
    expect(() => initializeMlp([3], createRandom(1))).toThrow('mlp: expected at least two');
  });
});

describe('a network that ends without a sigmoid', () => {
  it('equals the plain network, in batches and point by point', async () => {
    const mlp = await openMlp(LAYERS, 'linear', { threads: 1 });
    const inputs = createRandom(4).normals(7 * 6);
    const weights = createRandom(5)
      .normals(mlp.weightCount)
      .map((value) => 0.4 * value);
    const outputs = await mlp.forward(inputs, weights);
    const expected = plainMlp(LAYERS, inputs, Float64Array.from(weights), 'linear');
    expect(expected.some((value) => value < -0.1)).toBe(true);
    const probe = createMlpProbe(LAYERS, weights);
    for (let row = 0; row < 7; row++) {
      const point = [...probe(inputs.subarray(6 * row, 6 * row + 6))];
      for (let c = 0; c < 3; c++) {
        // Float32 sums of sixteen terms near 1.
        expect(outputs[3 * row + c]).toBeCloseTo(expected[3 * row + c], 5);
        expect(point[c]).toBeCloseTo(expected[3 * row + c], 12);
      }
    }
    await mlp.dispose();
  });
});
