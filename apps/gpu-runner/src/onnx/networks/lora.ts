import type { RandomStream } from '../../tensor/random.ts';
import type { Value } from '../graph.ts';
import { reshape, slice } from '../ops/shape.ts';
import type { LowRankUpdate } from './network-weights.ts';
import type { UNet2DConditionModel } from './unet-2d-condition-model.ts';

/** One linear layer that gets an update, and where its two factors lie in the flat parameter array. */
export interface LoraLayer {
  /** Key of the layer in diffusers' state dictionary, without ".weight". */
  readonly key: string;
  readonly inputs: number;
  readonly outputs: number;
  /** First entry of the down factor [inputs, rank]; the up factor [rank, outputs] follows it. */
  readonly start: number;
}

/** All updates of one UNet. */
export interface LoraLayout {
  readonly rank: number;
  readonly layers: readonly LoraLayer[];
  readonly parameterCount: number;
}

/**
 * Low-rank updates for the attention projections of a UNet: to_q, to_k, to_v and to_out of self- and cross-attention.
 *
 * References: Hu et al. 2022 (arXiv 2106.09685); threestudio's ProlificDreamer, which trains these layers at rank 4.
 */
export function loraLayout(model: UNet2DConditionModel, rank: number): LoraLayout {
  const { levels, textWidth } = model.shape;
  const layers: LoraLayer[] = [];
  let start = 0;
  const add = (key: string, inputs: number, outputs: number): void => {
    layers.push({ key, inputs, outputs, start });
    start += rank * (inputs + outputs);
  };
  const addTransformer = (block: string, channels: number, count: number): void => {
    for (let i = 0; i < count; i++) {
      for (const [attention, width] of [
        ['attn1', channels],
        ['attn2', textWidth],
      ] as const) {
        const at = `${block}.transformer_blocks.${i}.${attention}`;
        add(`${at}.to_q`, channels, channels);
        add(`${at}.to_k`, width, channels);
        add(`${at}.to_v`, width, channels);
        add(`${at}.to_out.0`, channels, channels);
      }
    }
  };
  levels.forEach((level, i) => {
    for (let k = 0; level.crossAttention && k < level.resnets; k++) {
      addTransformer(`down_blocks.${i}.attentions.${k}`, level.channels, level.transformerLayers);
    }
  });
  const last = levels[levels.length - 1];
  addTransformer('mid_block.attentions.0', last.channels, last.transformerLayers);
  levels.toReversed().forEach((level, i) => {
    for (let k = 0; model.upCrossAttention[i] && k <= level.resnets; k++) {
      addTransformer(`up_blocks.${i}.attentions.${k}`, level.channels, level.transformerLayers);
    }
  });
  return { rank, layers, parameterCount: start };
}

/** Starting values: down factors normal with deviation 1/rank, up factors zero, so that the UNet is still the bare one. */
export function initializeLora(
  { rank, layers, parameterCount }: LoraLayout,
  random: RandomStream,
): Float32Array {
  const parameters = new Float32Array(parameterCount);
  for (const { inputs, start } of layers) {
    for (let i = start; i < start + inputs * rank; i++) parameters[i] = random.normal() / rank;
  }
  return parameters;
}

/** Cuts the flat parameters [P] into the factors; `factors` are all of them in the order of the array. */
export function placeLora(
  parameters: Value,
  { rank, layers }: LoraLayout,
): { readonly updates: ReadonlyMap<string, LowRankUpdate>; readonly factors: readonly Value[] } {
  const factors: Value[] = [];
  const cut = (start: number, rows: number, columns: number): Value => {
    const factor = reshape(slice(parameters, 0, start, start + rows * columns), [rows, columns]);
    factors.push(factor);
    return factor;
  };
  const updates = new Map<string, LowRankUpdate>();
  for (const { key, inputs, outputs, start } of layers) {
    const down = cut(start, inputs, rank);
    updates.set(key, { down, up: cut(start + inputs * rank, rank, outputs) });
  }
  return { updates, factors };
}
