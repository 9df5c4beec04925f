import { describe, expect, it } from 'vitest';
import { createRandom } from '../../tensor/random.ts';
import { denoisingErrors, type DenoisingRow } from './denoising-errors.ts';
import { rankOf } from './rank-of.ts';

describe('denoisingErrors', () => {
  const schedule = { alphasCumprod: Float64Array.of(0.9, 0.25) };
  const views = [1, 2].map((n) => ({
    latent: Float32Array.of(n, -n, 0.5),
    landmarks: Float32Array.of(n),
    texts: [Float32Array.of(0), Float32Array.of(0.5), Float32Array.of(-1)],
  }));

  it('is the square of what each prompt makes the teacher miss, on the same noise and noisy latent for all', async () => {
    const asked: DenoisingRow[][] = [];
    const errors = await denoisingErrors({
      views,
      schedule,
      timesteps: [0, 1],
      random: createRandom(3),
      async predictNoise(rows) {
        asked.push([...rows]);
        // A teacher that knows the clean picture and is off by what the text says.
        const latent = views[rows[0].landmarks[0] - 1].latent;
        const alphaBar = schedule.alphasCumprod[rows[0].timestep];
        return rows.map(({ sample, text }) =>
          sample.map(
            (value, i) => (value - Math.sqrt(alphaBar) * latent[i]) / Math.sqrt(1 - alphaBar) + text[0],
          ),
        );
      },
    });
    [0, 0.25, 1].forEach((expected, p) => expect(errors[p]).toBeCloseTo(expected, 5));
    expect(asked.map((rows) => rows.length)).toEqual([3, 3, 3, 3]);
    for (const rows of asked) for (const row of rows) expect(row.sample).toBe(rows[0].sample);
    const samples = asked.map((rows) => rows[0].sample[0]);
    expect(new Set(samples).size).toBe(4);
  });

  it('asks the same questions every time', async () => {
    const ask = () =>
      denoisingErrors({
        views,
        schedule,
        timesteps: [1],
        random: createRandom(3),
        predictNoise: async (rows) => rows.map(({ sample }) => sample),
      });
    expect(await ask()).toEqual(await ask());
  });
});

describe('rankOf', () => {
  it('puts the least first and whom nothing tells apart last', () => {
    expect(rankOf([0.2, 0.1, 0.3], 1)).toBe(1);
    expect(rankOf([0.2, 0.1, 0.3], 0)).toBe(2);
    expect(rankOf([0.2, 0.2, 0.2], 0)).toBe(3);
  });
});
