import type { Value } from '../graph.ts';
import { softmax } from '../ops/activations.ts';
import { add, scale } from '../ops/elementwise.ts';
import { matMul } from '../ops/mat-mul.ts';
import { reduceMean } from '../ops/reduce.ts';
import { concat, reshape, transpose } from '../ops/shape.ts';
import { layerNormLast, linear } from './layers.ts';
import type { NetworkWeights } from './network-weights.ts';

/**
 * What a text [N, L, D] adds to the time embedding: [N, outputs]. Its mean asks all tokens, and itself, in `heads` heads.
 *
 * References: diffusers `TextTimeEmbedding` with its `AttentionPooling`, after DeepFloyd IF's `nn.py`.
 */
export function textTimeEmbedding(
  weights: NetworkWeights,
  text: Value,
  { heads, outputs }: { heads: number; outputs: number },
): Value {
  const pool = weights.scope('pool');
  const tokens = layerNormLast(weights.scope('norm1'), text);
  const [count, , width] = text.shape;
  if (width % heads !== 0)
    throw new Error(`textTimeEmbedding: expected a text width divisible by ${heads} heads, got ${width}`);
  const mean = reduceMean(tokens, [1]);
  const asking = add(mean, pool.tensor('positional_embedding', [1, width]));
  const asked = concat([asking, tokens], 1);
  const split = (name: string, from: Value, permutation: readonly number[]): Value => {
    const rows = linear(pool.scope(name), from, width);
    return transpose(reshape(rows, [count, from.shape[1], heads, width / heads]), permutation);
  };
  const query = scale(split('q_proj', asking, [0, 2, 1, 3]), 1 / Math.sqrt(width / heads));
  const keys = split('k_proj', asked, [0, 2, 3, 1]);
  const values = split('v_proj', asked, [0, 2, 1, 3]);
  const pooled = reshape(matMul(softmax(matMul(query, keys)), values), [count, width]);
  return layerNormLast(weights.scope('norm2'), linear(weights.scope('proj'), pooled, outputs));
}
