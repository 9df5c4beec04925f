import { z } from 'zod';
import type { Graph, Value } from '../../onnx/graph.ts';
import { layerNormLast, linear } from '../../onnx/networks/layers.ts';
import type { NetworkWeights } from '../../onnx/networks/network-weights.ts';
import { gelu, sigmoid, softmax } from '../../onnx/ops/activations.ts';
import { add, multiply, scale } from '../../onnx/ops/elementwise.ts';
import { matMul } from '../../onnx/ops/mat-mul.ts';
import { concat, reshape, slice, swapLastAxes, transpose } from '../../onnx/ops/shape.ts';

const count = z.int().positive();

/** What both encoders have; defaults are those that transformers leaves out of its files. */
function encoderFields(defaults: { width: number; inner: number; heads: number }) {
  return {
    hidden_size: count.default(defaults.width),
    intermediate_size: count.default(defaults.inner),
    num_attention_heads: count.default(defaults.heads),
    num_hidden_layers: count.default(12),
    hidden_act: z.enum(['quick_gelu', 'gelu']).default('quick_gelu'),
    layer_norm_eps: z.literal(1e-5).default(1e-5),
  };
}

/** config.json of transformers' CLIPModel, as far as it decides the network. */
export const ClipConfig = z.looseObject({
  model_type: z.literal('clip'),
  projection_dim: count.default(512),
  text_config: z.looseObject({
    ...encoderFields({ width: 512, inner: 2048, heads: 8 }),
    max_position_embeddings: count.default(77),
    vocab_size: count.default(49_408),
  }),
  vision_config: z.looseObject({
    ...encoderFields({ width: 768, inner: 3072, heads: 12 }),
    image_size: count.default(224),
    patch_size: count.default(32),
  }),
});
export type ClipConfig = z.infer<typeof ClipConfig>;

type EncoderConfig = Pick<ClipConfig['text_config'], keyof ReturnType<typeof encoderFields>>;

/**
 * Places CLIP's picture encoder: patches [1, N, 3·p·p] of a standardized picture, each [3, p, p] row by row → [1, D].
 *
 * References: Radford et al. 2021 (arXiv 2103.00020); transformers' `CLIPVisionTransformer`, whose keys these are.
 */
export function clipImage(weights: NetworkWeights, patches: Value, config: ClipConfig): Value {
  const { vision_config: vision, projection_dim: out } = config;
  const { hidden_size: width, patch_size: patch } = vision;
  const tower = weights.scope('vision_model');
  const embeddings = tower.scope('embeddings');
  const kernel = embeddings.tensor('patch_embedding.weight', [width, 3, patch, patch]);
  const rows = matMul(patches, swapLastAxes(reshape(kernel, [width, 3 * patch * patch])));
  const first = reshape(embeddings.tensor('class_embedding', [width]), [1, 1, width]);
  const length = patches.shape[1] + 1;
  const positions = embeddings.tensor('position_embedding.weight', [length, width]);
  const embedded = add(concat([first, rows], 1), reshape(positions, [1, length, width]));
  // The key is spelled like this in every published file.
  const states = encoder(tower, layerNormLast(tower.scope('pre_layrnorm'), embedded), vision, null);
  const pooled = layerNormLast(tower.scope('post_layernorm'), reshape(slice(states, 1, 0, 1), [1, width]));
  return linear(weights.scope('visual_projection'), pooled, out, { bias: false });
}

/**
 * Places CLIP's text encoder: token embeddings [1, L, C] without positions → every state's projection [1, L, D]; a text's
 * own is that of its last token. What lies behind it is not seen, so that a text may be padded with anything.
 *
 * References: transformers' `CLIPTextTransformer`.
 */
export function clipText(graph: Graph, weights: NetworkWeights, tokens: Value, config: ClipConfig): Value {
  const { text_config: text, projection_dim: out } = config;
  const { hidden_size: width, max_position_embeddings: length } = text;
  const tower = weights.scope('text_model');
  const positions = tower.tensor('embeddings.position_embedding.weight', [length, width]);
  const mask = Float32Array.from({ length: length * length }, (_, i) =>
    i % length > Math.floor(i / length) ? -1e9 : 0,
  );
  const embedded = add(tokens, reshape(positions, [1, length, width]));
  const states = encoder(tower, embedded, text, graph.constant([1, 1, length, length], mask));
  return linear(
    weights.scope('text_projection'),
    layerNormLast(tower.scope('final_layer_norm'), states),
    out,
    {
      bias: false,
    },
  );
}

function encoder(tower: NetworkWeights, x: Value, config: EncoderConfig, mask: Value | null): Value {
  let states = x;
  for (let n = 0; n < config.num_hidden_layers; n++) {
    const layer = tower.scope(`encoder.layers.${n}`);
    const normal = layerNormLast(layer.scope('layer_norm1'), states);
    states = add(states, selfAttention(layer.scope('self_attn'), normal, config.num_attention_heads, mask));
    const inner = linear(
      layer.scope('mlp.fc1'),
      layerNormLast(layer.scope('layer_norm2'), states),
      config.intermediate_size,
    );
    const active = config.hidden_act === 'gelu' ? gelu(inner) : multiply(inner, sigmoid(scale(inner, 1.702)));
    states = add(states, linear(layer.scope('mlp.fc2'), active, config.hidden_size));
  }
  return states;
}

/** Multi-head attention of x [1, L, C] over itself; `mask` [1, 1, L, L] is added to the scores. */
function selfAttention(weights: NetworkWeights, x: Value, heads: number, mask: Value | null): Value {
  const [, length, channels] = x.shape;
  const width = channels / heads;
  if (!Number.isInteger(width)) {
    throw new Error(`selfAttention: expected ${channels} channels to split into ${heads} heads`);
  }
  const split = (name: string, permutation: readonly number[]): Value =>
    transpose(reshape(linear(weights.scope(name), x, channels), [1, length, heads, width]), permutation);
  const query = scale(split('q_proj', [0, 2, 1, 3]), 1 / Math.sqrt(width));
  const scores = matMul(query, split('k_proj', [0, 2, 3, 1]));
  const shares = softmax(mask === null ? scores : add(scores, mask));
  const mixed = transpose(matMul(shares, split('v_proj', [0, 2, 1, 3])), [0, 2, 1, 3]);
  return linear(weights.scope('out_proj'), reshape(mixed, [1, length, channels]), channels);
}
