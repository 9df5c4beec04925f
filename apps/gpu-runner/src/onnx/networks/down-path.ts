import type { Value } from '../graph.ts';
import { add } from '../ops/elementwise.ts';
import { spatialTransformer } from './attention.ts';
import type { DenoiserLevel, DenoiserShape } from './denoiser-config.ts';
import { conv2d } from './layers.ts';
import type { NetworkWeights } from './network-weights.ts';
import { resnetBlock } from './resnet-block.ts';

/** The contracting half of a denoiser. */
export interface DownPath {
  /** What the up path concatenates, in order of production. */
  readonly skips: readonly Value[];
  /** Output of the mid block. */
  readonly middle: Value;
}

/**
 * conv_in, down blocks and mid block, the same in UNet2DConditionModel and ControlNetModel.
 *
 * `sample` [N, C, h, w]; `time` SiLU of the time embedding; `text` [N', L, D]; `condition` is added after conv_in.
 */
export function downPath(
  weights: NetworkWeights,
  shape: DenoiserShape,
  { sample, time, text, condition }: { sample: Value; time: Value; text: Value; condition: Value | null },
): DownPath {
  const { levels } = shape;
  let h = conv2d(weights.scope('conv_in'), sample, levels[0].channels);
  if (condition) h = add(h, condition);
  const skips = [h];
  levels.forEach((level, i) => {
    const block = weights.scope(`down_blocks.${i}`);
    for (let k = 0; k < level.resnets; k++) {
      h = resnetAt(block, k, h, time, level.channels, shape);
      if (level.crossAttention) h = transformerAt(block, k, h, text, level, shape);
      skips.push(h);
    }
    if (i < levels.length - 1) {
      h = conv2d(block.scope('downsamplers.0.conv'), h, level.channels, { stride: 2 });
      skips.push(h);
    }
  });
  const last = levels[levels.length - 1];
  const block = weights.scope('mid_block');
  h = resnetAt(block, 0, h, time, last.channels, shape);
  h = transformerAt(block, 0, h, text, last, shape);
  return { skips, middle: resnetAt(block, 1, h, time, last.channels, shape) };
}

/** Resnet block `index` of a block of the denoiser. */
export function resnetAt(
  block: NetworkWeights,
  index: number,
  h: Value,
  time: Value,
  outputs: number,
  { groups, epsilon }: DenoiserShape,
): Value {
  return resnetBlock(block.scope(`resnets.${index}`), h, time, { outputs, groups, epsilon });
}

/** Spatial transformer `index` of a block of the denoiser. */
export function transformerAt(
  block: NetworkWeights,
  index: number,
  h: Value,
  text: Value,
  { heads, transformerLayers }: DenoiserLevel,
  { groups, linearProjection }: DenoiserShape,
): Value {
  const options = { heads, layers: transformerLayers, groups, linearProjection };
  return spatialTransformer(block.scope(`attentions.${index}`), h, text, options);
}
