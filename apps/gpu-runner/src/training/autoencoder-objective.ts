import type { Value } from '../onnx/graph.ts';
import { parseAutoencoder } from '../onnx/networks/parse-autoencoder.ts';
import { absolute, add, multiply, scale, subtract } from '../onnx/ops/elementwise.ts';
import { reduceMean } from '../onnx/ops/reduce.ts';
import { averagePool, upsampleNearest } from '../onnx/ops/resize.ts';
import { reshape } from '../onnx/ops/shape.ts';
import type { TensorSource } from '../onnx/tensor-source.ts';
import type { Objective } from './training-program.ts';

/** What an autoencoder's loss is made of. */
export interface AutoencoderLossSettings {
  /** Weight of each level of the Laplacian pyramid, finest first, beside 1 for the picture itself. */
  readonly pyramidWeights: readonly number[];
  /** Weight of the pull of each latent channel towards mean 0 and mean square 1. */
  readonly momentWeight: number;
}

/**
 * Reconstruction error of an autoencoder: mean |Δ| plus the mean |level| of Δ's Laplacian pyramid, which is what makes
 * edges count against flat regions; Δ = decoded − image, both in [−1, 1].
 *
 * Inputs: `image` [B, 3, S, S] in [−1, 1], `latentNoise` [B, C, h, h], added to the latent so that the decoder forgives
 * what the denoiser will leave. With an `encoder` only the decoder learns. Metrics: `errors` [B], mean |Δ| of every picture; `latent`.
 */
export function autoencoderObjective(
  config: unknown,
  { batch, imageSize }: { readonly batch: number; readonly imageSize: number },
  source: TensorSource,
  { pyramidWeights, momentWeight }: AutoencoderLossSettings,
  encoder: TensorSource | null = null,
): Objective {
  const autoencoder = parseAutoencoder(config);
  const side = imageSize / autoencoder.downsampling;
  return {
    sources: { vae: source, ...(encoder && { encoder }) },
    frozen: ['encoder'],
    build(graph, weightsOf) {
      const weights = weightsOf('vae');
      const image = graph.input('image', [batch, autoencoder.imageChannels, imageSize, imageSize]);
      const latentShape = [batch, autoencoder.latentChannels, side, side];
      const latent = autoencoder.encode(encoder ? weightsOf('encoder') : weights, image, null);
      const decoded = autoencoder.decode(weights, add(latent, graph.input('latentNoise', latentShape)));
      const difference = subtract(decoded, image);
      const errors = reshape(reduceMean(absolute(difference), [1, 2, 3]), [batch]);
      let loss = reshape(reduceMean(errors, [0]), [1]);
      let level = difference;
      for (const weight of pyramidWeights) {
        const coarse = averagePool(level, 2);
        const detail = subtract(level, upsampleNearest(coarse, 2));
        loss = add(loss, scale(mean(absolute(detail)), weight));
        level = coarse;
      }
      const metrics = { errors, latent };
      if (encoder) return { loss, metrics };
      const squares = subtract(reduceMean(multiply(latent, latent), [0, 2, 3]), graph.scalar(1));
      const means = reduceMean(latent, [0, 2, 3]);
      const moments = add(mean(absolute(squares)), mean(absolute(means)));
      return { loss: add(loss, scale(moments, momentWeight)), metrics };
    },
  };
}

function mean(a: Value): Value {
  return reshape(
    reduceMean(
      a,
      a.shape.map((_, i) => i),
    ),
    [1],
  );
}
