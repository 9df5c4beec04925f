import type { Graph, Value } from '../graph.ts';
import { add, multiply, squareRoot, subtract } from '../ops/elementwise.ts';
import { reshape } from '../ops/shape.ts';
import type { TensorSource } from '../tensor-source.ts';
import type { Autoencoder } from './autoencoder.ts';
import {
  type ControlNetModel,
  conditioningDownsampling,
  controlNet,
  parseControlNet,
} from './control-net-model.ts';
import { type LowRankUpdate, NetworkWeights } from './network-weights.ts';
import { parseAutoencoder } from './parse-autoencoder.ts';
import type { Prediction } from './prediction.ts';
import { parseUNet, type UNet2DConditionModel, unet } from './unet-2d-condition-model.ts';

/** One network as a diffusers folder holds it: the parsed config.json and the weights. */
export interface NetworkFiles {
  readonly config: unknown;
  readonly weights: TensorSource;
}

/** The networks of a landmark-guided latent diffusion model. */
export interface TeacherNetworks {
  readonly vae: NetworkFiles;
  readonly unet: NetworkFiles;
  readonly controlnet: NetworkFiles;
  /** What the UNet predicts. */
  readonly prediction: Prediction;
}

/** The networks placed into one graph, with frozen weights. */
export interface PlacedTeacher {
  readonly autoencoder: Autoencoder;
  readonly textWidth: number;
  /** Side of the latent for an image of this side; throws when the networks cannot take it. */
  latentSize(imageSize: number): number;
  /** image [N, 3, S, S] in [−1, 1] → scaled latent [N, C, h, h]. */
  encode(image: Value, posteriorNoise: Value | null): Value;
  /** Scaled latent [N, C, h, h] → image [N, 3, S, S] in [−1, 1]. */
  decode(latent: Value): Value;
  /**
   * ε [N', C, h, h] for noisy latents [N, C, h, h], timesteps [N] with their ᾱ [N], text [N', L, D] and landmarks
   * [N, 3, S, S] in [0, 1]; `controlStrength` [1], or [N', 1, 1, 1]. N divides N': several texts per view share what does
   * not depend on the text.
   */
  predictNoise(inputs: PredictionInputs & { readonly alphaBar: Value }): Value;
  /** The same before it is turned into noise: what the UNet was trained to predict. */
  predict(inputs: PredictionInputs): Value;
}

/** What ControlNet and UNet are given; see `predictNoise`. */
export interface PredictionInputs {
  readonly sample: Value;
  readonly timesteps: Value;
  readonly text: Value;
  readonly landmarks: Value;
  readonly controlStrength: Value;
  /** Changes of the UNet's linear layers. */
  readonly updates?: ReadonlyMap<string, LowRankUpdate>;
}

/** Places a teacher's networks into `graph`, each by its class name and config. */
export function placeTeacher(graph: Graph, files: TeacherNetworks): PlacedTeacher {
  const autoencoder = parseAutoencoder(files.vae.config);
  const denoiser = parseUNet(files.unet.config);
  const control = parseControlNet(files.controlnet.config);
  requireFit(autoencoder, denoiser, control);
  const weightsOf = ({ weights: source }: NetworkFiles): NetworkWeights =>
    new NetworkWeights({ graph, source, trainAs: null });
  const weights = {
    vae: weightsOf(files.vae),
    unet: weightsOf(files.unet),
    controlnet: weightsOf(files.controlnet),
  };
  const denoiserSteps = 2 ** (denoiser.shape.levels.length - 1);
  const predict = (inputs: PredictionInputs): Value => {
    const { sample, timesteps, text, landmarks, controlStrength: strength, updates } = inputs;
    const residuals = controlNet(weights.controlnet, control, {
      sample,
      timesteps,
      text,
      landmarks,
      strength,
    });
    const changed = updates ? weights.unet.updated(updates) : weights.unet;
    return unet(changed, denoiser, { sample, timesteps, text, control: residuals });
  };
  return {
    autoencoder,
    textWidth: denoiser.shape.textWidth,
    latentSize(imageSize) {
      const size = imageSize / autoencoder.downsampling;
      if (!Number.isInteger(size / denoiserSteps)) {
        const multiple = autoencoder.downsampling * denoiserSteps;
        throw new Error(`latentSize: expected an image size divisible by ${multiple}, got ${imageSize}`);
      }
      return size;
    },
    encode: (image, noise) => autoencoder.encode(weights.vae, image, noise),
    decode: (latent) => autoencoder.decode(weights.vae, latent),
    predict,
    predictNoise({ alphaBar, ...inputs }) {
      const predicted = predict(inputs);
      return files.prediction === 'epsilon' ? predicted : noiseOfVelocity(predicted, inputs.sample, alphaBar);
    },
  };
}

/**
 * ε = √ᾱ·v + √(1−ᾱ)·z_t for velocities v [N', C, h, h] of the noisy latents z_t [N, C, h, h], ᾱ [N].
 *
 * References: Salimans and Ho 2022 (arXiv 2202.00512), appendix D.
 */
function noiseOfVelocity(velocity: Value, sample: Value, alphaBar: Value): Value {
  const [count, ...latent] = sample.shape;
  const { graph } = sample;
  const perSample = reshape(alphaBar, [count, 1, 1, 1]);
  const noisiness = squareRoot(subtract(graph.scalar(1), perSample));
  const branches = reshape(velocity, [velocity.shape[0] / count, count, ...latent]);
  const noise = add(multiply(branches, squareRoot(perSample)), multiply(sample, noisiness));
  return reshape(noise, velocity.shape);
}

/** Refuses networks that were not made for each other. */
function requireFit(
  autoencoder: Autoencoder,
  { shape, outputChannels }: UNet2DConditionModel,
  control: ControlNetModel,
) {
  const same = (what: string, expected: number, got: number): void => {
    if (expected !== got) throw new Error(`placeTeacher: expected ${what} ${expected}, got ${got}`);
  };
  same('UNet input channels', autoencoder.latentChannels, shape.inputChannels);
  same('UNet output channels', autoencoder.latentChannels, outputChannels);
  same('ControlNet input channels', shape.inputChannels, control.shape.inputChannels);
  same('ControlNet text width', shape.textWidth, control.shape.textWidth);
  same('ControlNet levels', shape.levels.length, control.shape.levels.length);
  same('landmark image channels', 3, control.conditioningChannels);
  same('landmark image reduction', autoencoder.downsampling, conditioningDownsampling(control));
}
