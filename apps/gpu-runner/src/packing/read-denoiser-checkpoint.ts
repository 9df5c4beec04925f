import { join } from 'node:path';
import { z } from 'zod';
import type { TensorSource } from '../onnx/tensor-source.ts';
import { loadCheckpoint, newestCheckpointPath } from '../training/checkpoint.ts';
import { denoiserConfigs } from '../training/denoiser-configs.ts';
import type { DenoiserConventions } from '../training/denoiser-conventions.ts';
import { denoiserObjective } from '../training/denoiser-objective.ts';
import { exportNetwork } from '../training/export-networks.ts';
import { DenoiserTraining } from '../training/training-config.ts';
import { parameterLayout } from '../training/training-program.ts';

/** What surrounds a denoiser: the sizes that its training took from data set, autoencoder and text encoder. */
export interface DenoiserSurroundings {
  readonly imageSize: number;
  readonly latentSize: number;
  readonly latentChannels: number;
  readonly textTokens: number;
  readonly textWidth: number;
}

/** An unfinished training of UNet and ControlNet. */
export interface DenoiserCheckpoint {
  readonly step: number;
  /** Seed of the data set. */
  readonly dataSeed: number;
  /** Parts that kept the weights they started from, and are not here. */
  readonly frozen: readonly ('unet' | 'controlnet')[];
  readonly conventions: DenoiserConventions;
  /** Digest of the autoencoder's weights that it was trained on. */
  readonly autoencoderSha256: string;
  /** Writes the averaged weights and configs to `directory`/unet and `directory`/controlnet. */
  exportTo(directory: string): Promise<void>;
}

const Description = z.object({
  denoiser: z.looseObject({
    data: z.int(),
    vae: z.string(),
    frozen: z.array(z.enum(['unet', 'controlnet'])),
    // Trainings from before there was a choice.
    prediction: z.enum(['epsilon', 'v_prediction']).default('epsilon'),
    textScale: z.number().positive().default(1),
  }),
});

/** The newest checkpoint of the denoiser's training in `directory`, or null when it has none. */
export function readDenoiserCheckpoint(
  directory: string,
  surroundings: DenoiserSurroundings,
): DenoiserCheckpoint | null {
  const path = newestCheckpointPath(directory);
  const checkpoint = loadCheckpoint(directory);
  if (path === null || checkpoint === null) return null;
  const parsed = Description.safeParse(parseJson(checkpoint.description));
  if (!parsed.success) throw new Error(`readDenoiserCheckpoint: ${path}: expected a denoiser's training`);
  const { data, vae, frozen, ...rest } = parsed.data.denoiser;
  const { prediction, textScale } = rest;
  const { state } = checkpoint;
  return {
    step: state.step,
    dataSeed: data,
    frozen,
    conventions: { prediction, textScale },
    autoencoderSha256: vae,
    async exportTo(target) {
      const { latentChannels, latentSize, imageSize, textTokens, textWidth } = surroundings;
      const known = Object.entries(rest).filter(([name]) => name in DenoiserTraining.shape);
      const config = DenoiserTraining.parse(Object.fromEntries(known));
      const configs = denoiserConfigs({ ...config, latentChannels, latentSize, textWidth });
      const shape = { batch: 1, imageSize, latentSize, textTokens };
      const layout = parameterLayout(
        denoiserObjective(configs, shape, { unet: zeros, controlnet: zeros }, frozen),
      );
      const expected = layout.at(-1)?.end ?? 0;
      // A training that started from another teacher has that one's architecture, which no checkpoint tells.
      if (expected !== state.average.length) {
        throw new Error(
          `readDenoiserCheckpoint: ${path}: expected ${expected} parameters as its settings say, got ${state.average.length}; end the training, and it writes its networks itself`,
        );
      }
      for (const part of ['unet', 'controlnet'] as const) {
        if (frozen.includes(part)) continue;
        await exportNetwork(join(target, part), configs[part], part, layout, state.average);
      }
    },
  };
}

/** Only shapes are asked for. */
const zeros: TensorSource = {
  label: 'zeros',
  find(key, shape) {
    if (!shape) throw new Error(`readDenoiserCheckpoint: expected the shape of ${key}, got none`);
    return { shape, data: new Float32Array(shape.reduce((product, size) => product * size, 1)) };
  },
};

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
