import type { SourceTensor } from '../onnx/tensor-source.ts';
import type { PatchComponents } from './patch-components.ts';

/** Root mean square of the latents before the scaling factor: within the range that the decoder's tanh leaves straight. */
const LATENT_SIZE = 0.5;

/**
 * The weights, by key, of the encoder of an AutoencoderTiny without residual blocks whose latent is the principal components of each patch.
 *
 * Such an encoder is linear: a convolution, then one of stride 2 for each halving. All but the last halving only sort
 * the pixels of 2×2 squares into channels; the last projects on the components. Nothing has to be trained, its VJP
 * spreads a latent's gradient over the patch as the component's own picture, and no pattern can be hidden in it.
 * A component of deviation σ gets a latent in proportion to σ^(1 − whitening): 0 keeps the pixels' scale, 1 makes all
 * components equally large.
 */
export function componentEncoder(
  { patch, mean, directions, deviations }: PatchComponents,
  { channels, whitening }: { readonly channels: number; readonly whitening: number },
): ReadonlyMap<string, SourceTensor> {
  const halvings = Math.log2(patch);
  const count = directions.length;
  const needed = Math.max(3 * 4 ** (halvings - 1), count);
  if (!Number.isInteger(halvings) || halvings < 1 || channels < needed) {
    throw new Error(
      `componentEncoder: expected a patch of 2, 4, 8 … pixels and at least ${needed} channels, got ${patch} and ${channels}`,
    );
  }
  const scales = latentScales(deviations, whitening);
  const tensors = new Map<string, SourceTensor>();
  const kernel = (name: string, out: number, inner: number) => {
    const data = new Float32Array(out * inner * 9);
    tensors.set(name, { shape: [out, inner, 3, 3], data });
    return (o: number, i: number, y: number, x: number, value: number): void => {
      data[(o * inner + i) * 9 + y * 3 + x] = value;
    };
  };
  const bias = (name: string, values: Float32Array): void => {
    tensors.set(name, { shape: [values.length], data: values });
  };
  const first = kernel('encoder.layers.0.weight', channels, 3);
  bias('encoder.layers.0.bias', new Float32Array(channels));
  for (let color = 0; color < 3; color++) first(color, color, 1, 1, 1);
  // A stride-2 kernel around pixel 2i sees 2i − 1 … 2i + 1; the square 2i, 2i + 1 is its taps 1 and 2.
  for (let level = 1; level < halvings; level++) {
    const sort = kernel(`encoder.layers.${level}.weight`, channels, channels);
    for (let c = 0; c < 3 * 4 ** (level - 1); c++) {
      for (let phase = 0; phase < 4; phase++) sort(4 * c + phase, c, 1 + (phase >> 1), 1 + (phase & 1), 1);
    }
  }
  const project = kernel(`encoder.layers.${halvings}.weight`, channels, channels);
  const offsets = new Float32Array(count);
  for (const [j, direction] of directions.entries()) {
    for (let y = 0; y < patch; y++) {
      for (let x = 0; x < patch; x++) {
        for (let color = 0; color < 3; color++) {
          const at = 3 * (y * patch + x) + color;
          // The network works on (picture + 1) / 2.
          const weight = 2 * scales[j] * direction[at];
          const half = patch / 2;
          project(
            j,
            channelOf(color, y, x, halvings - 1),
            1 + Math.floor(y / half),
            1 + Math.floor(x / half),
            weight,
          );
          offsets[j] -= scales[j] * direction[at] * (1 + mean[at]);
        }
      }
    }
  }
  const last = kernel(`encoder.layers.${halvings + 1}.weight`, count, channels);
  for (let j = 0; j < count; j++) last(j, j, 1, 1, 1);
  bias(`encoder.layers.${halvings + 1}.bias`, offsets);
  return tensors;
}

/** What each component is multiplied by, so that the latents together have the root mean square LATENT_SIZE. */
function latentScales(deviations: readonly number[], whitening: number): number[] {
  const sizes = deviations.map((deviation) => Math.max(deviation, 1e-6) ** (1 - whitening));
  const unit = LATENT_SIZE / Math.sqrt(sizes.reduce((sum, size) => sum + size * size, 0) / sizes.length);
  return sizes.map((size, j) => (unit * size) / Math.max(deviations[j], 1e-6));
}

/** The channel in which `halvings` sortings put a pixel's color; the lowest bits of its place are sorted first. */
function channelOf(color: number, y: number, x: number, halvings: number): number {
  let channel = color;
  for (let level = 0; level < halvings; level++) {
    channel = 4 * channel + 2 * ((y >> level) & 1) + ((x >> level) & 1);
  }
  return channel;
}
