import type { Value } from '../onnx/graph.ts';
import { controlNet, parseControlNet } from '../onnx/networks/control-net-model.ts';
import { parseUNet, unet } from '../onnx/networks/unet-2d-condition-model.ts';
import { multiply, subtract } from '../onnx/ops/elementwise.ts';
import { reduceMean } from '../onnx/ops/reduce.ts';
import { reshape } from '../onnx/ops/shape.ts';
import type { TensorSource } from '../onnx/tensor-source.ts';
import type { Objective } from './training-program.ts';

/** The pinned sizes of a denoiser's training batch. */
export interface DenoiserBatchShape {
  readonly batch: number;
  /** Side of the landmark image. */
  readonly imageSize: number;
  readonly latentSize: number;
  readonly textTokens: number;
}

/** The configs of the two networks that are trained together. */
export interface DenoiserConfigs {
  readonly unet: unknown;
  readonly controlnet: unknown;
}

/**
 * The weighted error of what UNet and ControlNet, trained as one, predict.
 *
 * Inputs: `sample`, `target` [B, C, h, h]; `timesteps` [B]; `weights` [B]; `text` [B, L, D]; `landmarks` [B, 3, S, S];
 * `control` [B], 0 or 1, which multiplies the ControlNet's residuals: dropped control is no control, not a black
 * picture, which means "from behind". Metric `errors` [B]: the unweighted mean squared error of every sample.
 * References: Ho et al. 2020, equation 14; the weights are `minSnrWeight`.
 */
export function denoiserObjective(
  configs: DenoiserConfigs,
  { batch, imageSize, latentSize, textTokens }: DenoiserBatchShape,
  sources: { readonly unet: TensorSource; readonly controlnet: TensorSource },
  frozen: readonly ('unet' | 'controlnet')[] = [],
): Objective {
  const denoiser = parseUNet(configs.unet);
  const control = parseControlNet(configs.controlnet);
  const channels = denoiser.shape.inputChannels;
  return {
    sources: { ...sources },
    frozen,
    build(graph, weightsOf) {
      const latentShape = [batch, channels, latentSize, latentSize];
      const sample = graph.input('sample', latentShape);
      const timesteps = graph.input('timesteps', [batch]);
      const text = graph.input('text', [batch, textTokens, denoiser.shape.textWidth]);
      const residuals = controlNet(weightsOf('controlnet'), control, {
        sample,
        timesteps,
        text,
        landmarks: graph.input('landmarks', [batch, control.conditioningChannels, imageSize, imageSize]),
        strength: reshape(graph.input('control', [batch]), [batch, 1, 1, 1]),
      });
      const predicted = unet(weightsOf('unet'), denoiser, { sample, timesteps, text, control: residuals });
      const difference = subtract(predicted, graph.input('target', latentShape));
      const errors = reshape(reduceMean(multiply(difference, difference), [1, 2, 3]), [batch]);
      const loss: Value = reduceMean(multiply(errors, graph.input('weights', [batch])), [0]);
      return { loss, metrics: { errors } };
    },
  };
}
