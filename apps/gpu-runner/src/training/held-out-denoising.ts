import type { RandomStream } from '../tensor/random.ts';
import { createDenoiserBatch, type DenoiserData, type DenoiserSample } from './denoiser-batch.ts';
import { heldOutSample, lossKind } from './split-examples.ts';
import type { DenoiserTraining } from './training-config.ts';
import type { EvaluationProgram } from './training-program.ts';

/** Number of equal bands of timesteps whose errors are told apart. */
const BANDS = 4;

/**
 * Makes the held-out evaluation of a denoiser: the unweighted error of its prediction on fixed pictures, timesteps and noise, in all, for
 * each kind of picture, and for each quarter of the timesteps (`t0` the cleanest).
 */
export function createHeldOutEvaluation(options: {
  readonly data: DenoiserData;
  readonly heldOut: Uint32Array;
  readonly config: DenoiserTraining;
  readonly evaluation: EvaluationProgram;
  readonly random: RandomStream;
}): (weights: Float32Array) => Promise<Readonly<Record<string, number>>> {
  const { data, heldOut, config, evaluation, random } = options;
  const { batch, heldOutPerKind } = config;
  const examples = heldOutSample(data.dataset.examples, heldOut, heldOutPerKind);
  const steps = data.schedule.alphasCumprod.length;
  // Consecutive pictures of one kind run through all bands.
  const samples: DenoiserSample[] = examples.map((example, i) => ({
    example,
    mirrored: false,
    timestep: Math.floor((((i % BANDS) + random.uniform()) / BANDS) * steps),
    hasText: true,
    hasControl: true,
    corner: [0, 0],
  }));
  const [channels, side] = data.latents.shape;
  const batches = Array.from({ length: Math.ceil(samples.length / batch) }, (_, k) => ({
    samples: samples.slice(k * batch, (k + 1) * batch),
    noise: random.normals(batch * channels * side * side),
  }));
  const fill = createDenoiserBatch(config, data);
  return async (weights) => {
    const errors = new Map<string, number[]>();
    const note = (name: string, error: number): void => {
      errors.set(name, [...(errors.get(name) ?? []), error]);
    };
    for (const { samples: chosen, noise } of batches) {
      const found = await evaluation.run(fill(chosen, noise), weights);
      chosen.forEach(({ example, timestep }, slot) => {
        const error = found['errors'][slot];
        note('all', error);
        note(lossKind(data.dataset.examples[example]), error);
        note(`t${Math.floor((timestep / steps) * BANDS)}`, error);
      });
    }
    const names = ['all', 'photo', 'normals', 'bad', ...Array.from({ length: BANDS }, (_, i) => `t${i}`)];
    return Object.fromEntries(
      names.flatMap((name) => {
        const own = errors.get(name);
        return own ? [[name, own.reduce((sum, error) => sum + error, 0) / own.length]] : [];
      }),
    );
  };
}
