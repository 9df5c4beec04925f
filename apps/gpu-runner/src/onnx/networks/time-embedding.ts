import type { Value } from '../graph.ts';
import { silu } from '../ops/activations.ts';
import { add, cosine, multiply, sine } from '../ops/elementwise.ts';
import { concat, reshape } from '../ops/shape.ts';
import type { DenoiserShape } from './denoiser-config.ts';
import { linear, repeatBatch } from './layers.ts';
import type { NetworkWeights } from './network-weights.ts';
import { textTimeEmbedding } from './text-time-embedding.ts';

/**
 * SiLU of the time embedding [N, 4·channels] for timesteps [N]: sinusoids, Linear, SiLU, Linear, SiLU. Where the config
 * has the text [N', L, D] added before that last SiLU, the result is [N', 4·channels]; N divides N'.
 *
 * Every resnet block starts with that SiLU, so it is taken once here. `weights` are the denoiser's.
 * References: diffusers `get_timestep_embedding` (max_period 10000) and `TimestepEmbedding`.
 */
export function timeEmbedding(
  weights: NetworkWeights,
  { timesteps, text }: { timesteps: Value; text: Value },
  { levels, cosineFirst, frequencyShift, textTimeHeads }: DenoiserShape,
): Value {
  const { channels } = levels[0];
  if (channels % 2 !== 0) throw new Error(`timeEmbedding: expected an even width, got ${channels}`);
  const half = channels / 2;
  const frequencies = Float32Array.from({ length: half }, (_, i) =>
    Math.exp((-Math.log(10000) * i) / (half - frequencyShift)),
  );
  const count = timesteps.shape[0];
  const angles = multiply(reshape(timesteps, [count, 1]), timesteps.graph.constant([1, half], frequencies));
  const parts = [sine(angles), cosine(angles)];
  const sinusoids = concat(cosineFirst ? parts.toReversed() : parts, 1);
  const layers = weights.scope('time_embedding');
  const outputs = 4 * channels;
  const hidden = silu(linear(layers.scope('linear_1'), sinusoids, outputs));
  const time = linear(layers.scope('linear_2'), hidden, outputs);
  if (textTimeHeads === null) return silu(time);
  const ofText = textTimeEmbedding(weights.scope('add_embedding'), text, { heads: textTimeHeads, outputs });
  return silu(add(repeatBatch(time, text.shape[0]), ofText));
}
