import { z } from 'zod';
import type { Value } from '../../onnx/graph.ts';
import { conv2d, groupNorm2d, linear } from '../../onnx/networks/layers.ts';
import type { NetworkWeights } from '../../onnx/networks/network-weights.ts';
import { relu } from '../../onnx/ops/activations.ts';
import { add } from '../../onnx/ops/elementwise.ts';
import { averagePool } from '../../onnx/ops/resize.ts';
import { elementCount } from '../../onnx/graph.ts';
import { reshape } from '../../onnx/ops/shape.ts';

const count = z.int().positive();

/** config.json of a classifier: its form, and what its answers mean. */
export const ClassifierConfig = z.strictObject({
  format: z.literal('headwright-classifier/1'),
  imageSize: count,
  /** Side of the means of the picture that the network sees; a whole part of `imageSize`. */
  inputSize: count,
  /** At 1/2, 1/4, 1/8 and 1/16 of that side. */
  channels: z.array(count).length(4),
  features: count,
  groups: count,
  questions: z.array(z.strictObject({ name: z.string(), values: z.array(z.string()).min(2) })).min(1),
});
export type ClassifierConfig = z.infer<typeof ClassifierConfig>;

/** What a classifier says of N pictures. */
export interface Classified {
  /** [N, features]: what the answers are read from, a space in which like pictures lie close. */
  readonly features: Value;
  /** [N, all values of all questions, one after the other]. */
  readonly logits: Value;
}

/** Cells along a side of the last map before the features: where something is tells what it is. */
const CELLS = 4;

/**
 * Places the network: image [N, 3, S, S] in [−1, 1] → logits of all questions.
 *
 * The means of the picture, a stride-2 stem, then three levels of a stride-2 convolution each, the last two with a
 * residual block, a coarse grid of means, one hidden layer and one linear layer for all questions.
 * References: He et al. 2016 (arXiv 1603.05027) for the block; Wu and He 2018 (arXiv 1803.08494) for its norm.
 */
export function classify(weights: NetworkWeights, image: Value, config: ClassifierConfig): Classified {
  const { channels, groups, features: width, questions, imageSize, inputSize } = config;
  const [pictures] = image.shape;
  const seen = averagePool(image, imageSize / inputSize);
  let x = relu(conv2d(weights.scope('stem'), seen, channels[0], { kernel: 5, stride: 2 }));
  for (const [n, outputs] of channels.slice(1).entries()) {
    const level = weights.scope(`levels.${n}`);
    const norm = (name: string, h: Value): Value => relu(groupNorm2d(level.scope(name), h, groups, 1e-5));
    x = norm('norm', conv2d(level.scope('down'), x, outputs, { stride: 2 }));
    if (n === 0) continue;
    const inner = norm('norm1', conv2d(level.scope('conv1'), x, outputs));
    x = norm('norm2', add(x, conv2d(level.scope('conv2'), inner, outputs)));
  }
  const cells = averagePool(x, Math.max(1, x.shape[2] / CELLS));
  const flat = reshape(cells, [pictures, elementCount(cells.shape) / pictures]);
  const features = relu(linear(weights.scope('features'), flat, width));
  const answers = questions.reduce((sum, { values }) => sum + values.length, 0);
  return { features, logits: linear(weights.scope('answers'), features, answers) };
}
