import type { Value } from '../graph.ts';
import type { NetworkWeights } from './network-weights.ts';

/** An image autoencoder of either class; images are in [−1, 1], latents already scaled for the denoiser. */
export interface Autoencoder {
  readonly imageChannels: number;
  readonly latentChannels: number;
  /** Side of the image over side of the latent. */
  readonly downsampling: number;
  /** True when encoding draws from a posterior and wants noise of the latent's shape. */
  readonly hasPosterior: boolean;
  /**
   * image [N, 3, H, W] → latent [N, C, h, w]; without noise the posterior's mean. `onLevel` is handed the features
   * [N, c, H/2ⁱ, W/2ⁱ] with which the encoder leaves each of its resolutions.
   */
  encode(
    weights: NetworkWeights,
    image: Value,
    posteriorNoise: Value | null,
    onLevel?: (features: Value) => void,
  ): Value;
  /** latent [N, C, h, w] → image [N, 3, H, W]. */
  decode(weights: NetworkWeights, latent: Value): Value;
}
