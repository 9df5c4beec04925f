import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeTinyDataset } from '../../../../test/tiny-dataset.ts';
import { type Dataset, openDataset } from '../dataset/shards/open-dataset.ts';
import { createNoiseSchedule } from '../ssd/diffusion/noise-schedule.ts';
import { createRandom } from '../tensor/random.ts';
import { createDenoiserBatch, type DenoiserData, drawSamples } from './denoiser-batch.ts';
import { NOISE } from './scheduler-config.ts';

const folder = mkdtempSync(join(tmpdir(), 'denoiser-batch-'));
let dataset: Dataset;
let data: DenoiserData;
beforeAll(async () => {
  await writeTinyDataset(folder, { identities: 4, identitiesPerShard: 4, imageSize: 8 });
  dataset = openDataset(folder);
  data = {
    dataset,
    // The latent of picture n is n, and −n in the mirror; its caption's states are n too.
    latents: {
      shape: [2, 1, 1],
      read: (n, mirrored, out) => {
        out.fill(mirrored ? -n : n);
      },
    },
    captions: {
      read: (n, out) => {
        out.fill(n);
      },
    },
    unconditional: Float32Array.of(-1, -1, -1),
    tokens: 1,
    width: 3,
    schedule: createNoiseSchedule(NOISE),
  };
});
afterAll(() => {
  dataset.close();
  rmSync(folder, { recursive: true });
});

describe('drawSamples', () => {
  const draw = (count: number) =>
    drawSamples(
      Array.from({ length: count }, () => 0),
      data,
      { textDropout: 0.1, controlDropout: 0.2, windowCells: null },
      createRandom(5),
    );

  test('drops texts and controls as often as asked, each by itself', () => {
    const samples = draw(4000);
    const share = (of: (sample: (typeof samples)[number]) => boolean) => samples.filter(of).length / 4000;
    // Four standard deviations of 4,000 draws are at most 0.026.
    expect(Math.abs(share(({ hasText }) => !hasText) - 0.1)).toBeLessThan(0.026);
    expect(Math.abs(share(({ hasControl }) => !hasControl) - 0.2)).toBeLessThan(0.026);
    expect(Math.abs(share(({ hasText, hasControl }) => !hasText && !hasControl) - 0.02)).toBeLessThan(0.026);
    expect(Math.abs(share(({ mirrored }) => mirrored) - 0.5)).toBeLessThan(0.032);
  });

  test('spreads a batch over all timesteps, one sample a band', () => {
    expect(draw(10).map(({ timestep }) => Math.floor(timestep / 100))).toEqual([
      0, 1, 2, 3, 4, 5, 6, 7, 8, 9,
    ]);
  });
});

describe('a batch', () => {
  const sample = {
    example: 3,
    mirrored: false,
    timestep: 500,
    hasText: true,
    hasControl: true,
    corner: [0, 0],
  } as const;

  test.each(['epsilon', 'v_prediction'] as const)(
    'for %s is √ᾱ·x + √(1 − ᾱ)·ε with its target, weight, text and control',
    (prediction) => {
      const fill = createDenoiserBatch({ batch: 2, minSnrGamma: 5, prediction, textScale: 2 }, data);
      const noise = Float32Array.of(1, 2, 3, 4);
      const dropped = {
        example: 1,
        mirrored: true,
        timestep: 10,
        hasText: false,
        hasControl: false,
        corner: [0, 0],
      } as const;
      const inputs = fill([sample, dropped], noise);
      const alphaBar = [500, 10].map((t) => data.schedule.alphasCumprod[t]);
      const mixed = (signs: (a: number) => readonly [number, number]): number[] =>
        [3, 3, -1, -1].map((latent, i) => {
          const [ofLatent, ofNoise] = signs(alphaBar[i >> 1]);
          return Math.fround(ofLatent * latent + ofNoise * noise[i]);
        });
      expect(Array.from(inputs['sample'].data)).toEqual(mixed((a) => [Math.sqrt(a), Math.sqrt(1 - a)]));
      expect(Array.from(inputs['target'].data)).toEqual(
        prediction === 'epsilon' ? [1, 2, 3, 4] : mixed((a) => [-Math.sqrt(1 - a), Math.sqrt(a)]),
      );
      expect(Array.from(inputs['timesteps'].data)).toEqual([500, 10]);
      expect(Array.from(inputs['text'].data)).toEqual([6, 6, 6, -2, -2, -2]);
      expect(Array.from(inputs['control'].data)).toEqual([1, 0]);
      expect(inputs['weights'].data[0]).toBe(1);
      expect(inputs['weights'].data[1]).toBeCloseTo((5 * (1 - alphaBar[1])) / alphaBar[1], 6);
    },
  );

  test('shows of latent and landmarks the same window, whose corner is drawn from all that fit', () => {
    const wide: DenoiserData = {
      ...data,
      latents: {
        shape: [2, 4, 4],
        read: (_n, _mirrored, out) => {
          out.forEach((_, i) => (out[i] = i));
        },
      },
    };
    const config = { textDropout: 0, controlDropout: 0, windowCells: 3 };
    const corners = drawSamples(new Array<number>(200).fill(3), wide, config, createRandom(1)).map(
      ({ corner }) => corner.join(),
    );
    expect(new Set(corners)).toEqual(new Set(['0,0', '0,1', '1,0', '1,1']));

    const fill = createDenoiserBatch(
      { batch: 1, minSnrGamma: 5, prediction: 'v_prediction', textScale: 1 },
      wide,
      3,
    );
    const inputs = fill([{ ...sample, timestep: 0, corner: [1, 0] }], new Float32Array(18));
    const signal = Math.sqrt(wide.schedule.alphasCumprod[0]);
    const shown = Array.from(inputs['sample'].data, (value) => Math.round(value / signal));
    expect(shown).toEqual([4, 5, 6, 8, 9, 10, 12, 13, 14, 20, 21, 22, 24, 25, 26, 28, 29, 30]);
    // Two pixels of the landmark picture are a cell.
    expect(inputs['landmarks'].shape).toEqual([1, 3, 6, 6]);
    const colors = dataset.landmarks(3);
    for (let pixel = 0; pixel < 36; pixel++) {
      const whole = (Math.floor(pixel / 6) + 2) * 8 + (pixel % 6);
      expect(Math.round(255 * inputs['landmarks'].data[pixel])).toBe(colors[3 * whole]);
    }
  });

  test("shows the picture's own landmarks", () => {
    const { data: planes } = createDenoiserBatch(
      { batch: 1, minSnrGamma: 5, prediction: 'epsilon', textScale: 1 },
      data,
    )([sample], new Float32Array(2))['landmarks'];
    const colors = dataset.landmarks(3);
    for (let pixel = 0; pixel < 64; pixel++) {
      for (let channel = 0; channel < 3; channel++) {
        expect(Math.round(255 * planes[channel * 64 + pixel])).toBe(colors[3 * pixel + channel]);
      }
    }
  });
});
