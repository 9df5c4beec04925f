import type { Value } from '../graph.ts';
import { silu } from '../ops/activations.ts';
import { cosine, multiply, sine } from '../ops/elementwise.ts';
import { concat, reshape } from '../ops/shape.ts';
import { linear } from './layers.ts';
import type { NetworkWeights } from './network-weights.ts';

/**
 * SiLU of the time embedding [N, 4·channels] for timesteps [N]: sinusoids, Linear, SiLU, Linear, SiLU.
 *
 * Every resnet block starts with that last SiLU, so it is taken once here.
 * References: diffusers `get_timestep_embedding` (max_period 10000) and `TimestepEmbedding`.
 */
export function timeEmbedding(
  weights: NetworkWeights,
  timesteps: Value,
  {
    channels,
    cosineFirst,
    frequencyShift,
  }: { channels: number; cosineFirst: boolean; frequencyShift: number },
): Value {
  if (channels % 2 !== 0) throw new Error(`timeEmbedding: expected an even width, got ${channels}`);
  const half = channels / 2;
  const frequencies = Float32Array.from({ length: half }, (_, i) =>
    Math.exp((-Math.log(10000) * i) / (half - frequencyShift)),
  );
  const count = timesteps.shape[0];
  const angles = multiply(reshape(timesteps, [count, 1]), timesteps.graph.constant([1, half], frequencies));
  const parts = [sine(angles), cosine(angles)];
  const sinusoids = concat(cosineFirst ? parts.toReversed() : parts, 1);
  const hidden = silu(linear(weights.scope('linear_1'), sinusoids, 4 * channels));
  return silu(linear(weights.scope('linear_2'), hidden, 4 * channels));
}
