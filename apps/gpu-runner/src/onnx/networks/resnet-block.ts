import type { Value } from '../graph.ts';
import { silu } from '../ops/activations.ts';
import { add } from '../ops/elementwise.ts';
import { reshape } from '../ops/shape.ts';
import { conv2d, groupNorm2d, linear, repeatBatch } from './layers.ts';
import type { NetworkWeights } from './network-weights.ts';

/**
 * Residual block: norm → SiLU → conv, plus the time embedding per channel, norm → SiLU → conv, plus the input.
 *
 * x [N, C, H, W] → [N', outputs, H, W]; `time` is SiLU of the time embedding [M, T], or null. One of N and M divides the
 * other, and N' is the larger.
 * References: diffusers `ResnetBlock2D` with time_embedding_norm "default".
 */
export function resnetBlock(
  weights: NetworkWeights,
  x: Value,
  time: Value | null,
  { outputs, groups, epsilon }: { outputs: number; groups: number; epsilon: number },
): Value {
  const norm = (name: string, h: Value): Value => silu(groupNorm2d(weights.scope(name), h, groups, epsilon));
  let h = conv2d(weights.scope('conv1'), norm('norm1', x), outputs);
  if (time) {
    const shift = linear(weights.scope('time_emb_proj'), time, outputs);
    const batch = Math.max(h.shape[0], time.shape[0]);
    h = add(repeatBatch(h, batch), repeatBatch(reshape(shift, [time.shape[0], outputs, 1, 1]), batch));
  }
  h = conv2d(weights.scope('conv2'), norm('norm2', h), outputs);
  const shortcut =
    x.shape[1] === outputs ? x : conv2d(weights.scope('conv_shortcut'), x, outputs, { kernel: 1 });
  return add(repeatBatch(shortcut, h.shape[0]), h);
}
