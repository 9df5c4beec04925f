import type { Value } from '../graph.ts';
import { gelu, softmax } from '../ops/activations.ts';
import { add, multiply, scale } from '../ops/elementwise.ts';
import { affine, matMul } from '../ops/mat-mul.ts';
import { reshape, slice, transpose } from '../ops/shape.ts';
import { groupNorm2d, layerNormLast, linear, repeatBatch } from './layers.ts';
import type { NetworkWeights } from './network-weights.ts';

/** What the transformer blocks of one level share. */
export interface TransformerOptions {
  /** Number of heads (what diffusers' configs call attention_head_dim). */
  readonly heads: number;
  readonly layers: number;
  readonly groups: number;
  readonly linearProjection: boolean;
}

/**
 * Spatial transformer: x [N, C, H, W] attends to itself and to `text` [N', L, D]; N divides N', and the result has N'.
 *
 * References: diffusers `Transformer2DModel` with continuous input; its group norm has epsilon 1e-6.
 */
export function spatialTransformer(
  weights: NetworkWeights,
  x: Value,
  text: Value,
  { heads, layers, groups, linearProjection }: TransformerOptions,
): Value {
  const [count, channels, height, width] = x.shape;
  const stored = linearProjection ? 'linear' : 'convolution';
  // A 1×1 convolution is the same product on pixels as rows, where the attention wants them anyway.
  const project = (name: string, rows: Value): Value => {
    const scope = weights.scope(name);
    const weight = scope.matrix('weight', channels, channels, stored);
    return add(matMul(rows, weight), scope.tensor('bias', [channels]));
  };
  const normal = groupNorm2d(weights.scope('norm'), x, groups, 1e-6);
  let rows = project('proj_in', transpose(reshape(normal, [count, channels, height * width]), [0, 2, 1]));
  for (let i = 0; i < layers; i++)
    rows = transformerBlock(weights.scope(`transformer_blocks.${i}`), rows, text, heads);
  const out = transpose(project('proj_out', rows), [0, 2, 1]);
  const batch = out.shape[0];
  return add(reshape(out, [batch, channels, height, width]), repeatBatch(x, batch));
}

/** Self-attention, cross-attention, feed-forward, each on a layer norm and each residual. */
function transformerBlock(weights: NetworkWeights, x: Value, text: Value, heads: number): Value {
  const normal = layerNormLast(weights.scope('norm1'), x);
  const own = add(attention(weights.scope('attn1'), normal, normal, { heads, bias: false }), x);
  const query = layerNormLast(weights.scope('norm2'), own);
  const crossed = attention(weights.scope('attn2'), query, text, { heads, bias: false });
  const h = add(crossed, repeatBatch(own, crossed.shape[0]));
  return add(feedForward(weights.scope('ff'), layerNormLast(weights.scope('norm3'), h)), h);
}

/**
 * Multi-head attention of x [N, L, C] over `context` [N', L', D] → [N', L, C].
 *
 * Kept decomposed: at these sizes ORT's fused attention is no faster, and this form has a backward pass.
 */
export function attention(
  weights: NetworkWeights,
  x: Value,
  context: Value,
  { heads, bias }: { heads: number; bias: boolean },
): Value {
  const [, length, channels] = x.shape;
  const [batch, contextLength] = context.shape;
  if (channels % heads !== 0)
    throw new Error(`attention: expected ${channels} channels to split into ${heads} heads`);
  const width = channels / heads;
  const split = (name: string, from: Value, permutation: readonly number[]): Value => {
    const rows = linear(weights.scope(name), from, channels, { bias });
    return transpose(reshape(rows, [rows.shape[0], rows.shape[1], heads, width]), permutation);
  };
  const query = repeatBatch(scale(split('to_q', x, [0, 2, 1, 3]), 1 / Math.sqrt(width)), batch);
  const keys = split('to_k', context, [0, 2, 3, 1]);
  const values = split('to_v', context, [0, 2, 1, 3]);
  if (keys.shape[3] !== contextLength)
    throw new Error(`attention: expected ${contextLength} keys, got [${keys.shape}]`);
  const mixed = transpose(matMul(softmax(matMul(query, keys)), values), [0, 2, 1, 3]);
  return linear(weights.scope('to_out.0'), reshape(mixed, [batch, length, channels]), channels);
}

/**
 * GEGLU feed-forward: C → 4C value and 4C gate, value · GELU(gate), 4C → C.
 *
 * The one stored projection is cut into two products, which is cheaper than cutting their result.
 */
function feedForward(weights: NetworkWeights, x: Value): Value {
  const channels = x.shape[2];
  const inner = 4 * channels;
  const projection = weights.scope('net.0.proj');
  const weight = projection.matrix('weight', channels, 2 * inner, 'linear');
  const bias = projection.tensor('bias', [2 * inner]);
  const half = (start: number): Value =>
    affine(x, slice(weight, 1, start, start + inner), slice(bias, 0, start, start + inner));
  return linear(weights.scope('net.2'), multiply(half(0), gelu(half(inner))), channels);
}
