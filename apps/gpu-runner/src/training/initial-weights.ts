import type { SourceTensor, TensorSource } from '../onnx/tensor-source.ts';
import type { RandomStream } from '../tensor/random.ts';

/**
 * Fresh weights by torch's defaults: U(±1/√fan-in) for convolutions, linear layers and their biases, of an
 * embedding's width for its numbers, 1 and 0 for norms.
 *
 * `gainOf` a layer widens that range for its weights; with a gain other than 1 its bias starts at 0.
 * Layers whose key `isZero` names start at zero: a ControlNet's outputs. Every tensor draws from a stream of its own
 * name, so the order of asking changes nothing.
 * References: torch `nn.Conv2d.reset_parameters` (Kaiming uniform, a = √5); Zhang et al. 2023 (ControlNet), section 3.1.
 */
export function initialWeights(
  random: RandomStream,
  isZero: (key: string) => boolean = () => false,
  gainOf: (layer: string) => number = () => 1,
): TensorSource {
  /** By layer: the number of inputs of one output, 0 for a norm. A layer's weight is read before its bias. */
  const fanIn = new Map<string, number>();
  return {
    label: 'initial weights',
    find(key, shape): SourceTensor {
      if (!shape) throw new Error(`initialWeights: expected the shape of ${key}, got none`);
      const count = shape.reduce((product, size) => product * size, 1);
      const [layer, kind] = [key.slice(0, key.lastIndexOf('.')), key.slice(key.lastIndexOf('.') + 1)];
      if (kind === 'weight') fanIn.set(layer, shape.length > 1 ? count / shape[0] : 0);
      const data = new Float32Array(count);
      if (isZero(key)) return { shape, data };
      const inputs = kind === 'positional_embedding' ? shape[shape.length - 1] : fanIn.get(layer);
      if (inputs === undefined) throw new Error(`initialWeights: expected ${layer}.weight before ${key}`);
      if (inputs === 0) return { shape, data: kind === 'weight' ? data.fill(1) : data };
      const own = random.fork(key);
      const gain = gainOf(layer);
      if (gain !== 1 && kind === 'bias') return { shape, data };
      const bound = gain / Math.sqrt(inputs);
      for (let i = 0; i < count; i++) data[i] = own.between(-bound, bound);
      return { shape, data };
    },
  };
}

/**
 * How far an autoencoder's weights start from torch's default: He et al.'s deviation √(2/fan-in), and a quarter of it for
 * the last convolution of each residual block. Its ReLU blocks have no norms: with torch's narrower range a signal fades on
 * its way through them, and a short training is spent on bringing it back (half the error after 160 steps).
 *
 * References: He et al. 2015 (arXiv 1502.01852), section 2.2.
 */
export function gainInAutoencoder(layer: string): number {
  return layer.endsWith('.conv.4') ? Math.sqrt(6) / 4 : Math.sqrt(6);
}

/** What of a UNet starts at zero, so that the text's part of its time embedding starts as nothing. */
export function isZeroInUNet(key: string): boolean {
  return key === 'add_embedding.norm2.weight';
}

/** The layers of a ControlNet that start at zero, so that it starts as no control at all. */
export function isZeroInControlNet(key: string): boolean {
  return /^(controlnet_cond_embedding\.conv_out|controlnet_down_blocks\.\d+|controlnet_mid_block)\./.test(
    key,
  );
}
