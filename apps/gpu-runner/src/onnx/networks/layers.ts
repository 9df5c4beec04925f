import type { Value } from '../graph.ts';
import { conv } from '../ops/conv.ts';
import { add } from '../ops/elementwise.ts';
import { affine, matMul } from '../ops/mat-mul.ts';
import { groupNorm, layerNorm } from '../ops/norm.ts';
import { concat } from '../ops/shape.ts';
import type { NetworkWeights } from './network-weights.ts';

/** torch's Conv2d with a square kernel, padded to keep the size at stride 1 unless told: x [N, I, H, W] → [N, outputs, H', W']; keys `weight` and `bias`. */
export function conv2d(
  weights: NetworkWeights,
  x: Value,
  outputs: number,
  options: { kernel?: number; stride?: number; padding?: number; bias?: boolean } = {},
): Value {
  const { kernel = 3, stride = 1, bias = true } = options;
  const padding = options.padding ?? kernel >> 1;
  return conv(
    x,
    weights.tensor('weight', [outputs, x.shape[1], kernel, kernel]),
    bias ? weights.tensor('bias', [outputs]) : null,
    { stride, padding: [padding, padding, padding, padding] },
  );
}

/** torch's Linear over the last axis, with the layer's low-rank update where it has one. */
export function linear(weights: NetworkWeights, x: Value, outputs: number, { bias = true } = {}): Value {
  const inputs = x.shape[x.shape.length - 1];
  const weight = weights.matrix('weight', inputs, outputs, 'linear');
  const result = affine(x, weight, bias ? weights.tensor('bias', [outputs]) : null);
  const update = weights.update();
  return update ? add(result, matMul(matMul(x, update.down), update.up)) : result;
}

/** torch's GroupNorm over x [N, C, H, W]. */
export function groupNorm2d(weights: NetworkWeights, x: Value, groups: number, epsilon: number): Value {
  const channels = [x.shape[1]];
  return groupNorm(x, weights.tensor('weight', channels), weights.tensor('bias', channels), groups, epsilon);
}

/** torch's LayerNorm over the last axis, epsilon 1e-5. */
export function layerNormLast(weights: NetworkWeights, x: Value): Value {
  const width = x.shape.slice(-1);
  return layerNorm(x, weights.tensor('weight', width), weights.tensor('bias', width), 1e-5);
}

/**
 * x repeated along the batch until it has `batch` entries: [a, b] → [a, b, a, b].
 *
 * Branches that differ in their text only share everything before the first cross-attention; tensors are
 * repeated where they meet one that already is.
 */
export function repeatBatch(x: Value, batch: number): Value {
  const [own] = x.shape;
  if (own === batch) return x;
  if (batch % own !== 0)
    throw new Error(`repeatBatch: expected a divisor of batch ${batch}, got [${x.shape}]`);
  return concat(new Array<Value>(batch / own).fill(x), 0);
}
