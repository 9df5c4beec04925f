import type { Value } from '../../onnx/graph.ts';
import { multiply, scale } from '../../onnx/ops/elementwise.ts';
import { logSoftmax } from '../../onnx/ops/log-softmax.ts';
import { reduceSum } from '../../onnx/ops/reduce.ts';
import { concat, reshape, slice } from '../../onnx/ops/shape.ts';
import type { TensorSource } from '../../onnx/tensor-source.ts';
import type { Objective } from '../../training/training-program.ts';
import { type ClassifierConfig, classify } from './classifier-network.ts';

/**
 * Cross-entropy of a classifier's answers, mean over pictures and questions.
 *
 * Inputs: `image` [B, 3, S, S] in [−1, 1]; `targets` [B, all values]: the weight of the right value, zeros where a
 * question is not asked. Metrics: `logits` [B, all values].
 */
export function classifierObjective(
  config: ClassifierConfig,
  batch: number,
  source: TensorSource,
): Objective {
  const { imageSize, questions } = config;
  const total = questions.reduce((sum, { values }) => sum + values.length, 0);
  return {
    sources: { classifier: source },
    build(graph, weightsOf) {
      const image = graph.input('image', [batch, 3, imageSize, imageSize]);
      const targets = graph.input('targets', [batch, total]);
      const { logits } = classify(weightsOf('classifier'), image, config);
      const logShares: Value[] = [];
      let start = 0;
      for (const { values } of questions) {
        logShares.push(logSoftmax(slice(logits, 1, start, start + values.length)));
        start += values.length;
      }
      const sum = reduceSum(multiply(concat(logShares, 1), targets), [0, 1]);
      return { loss: scale(reshape(sum, [1]), -1 / (batch * questions.length)), metrics: { logits } };
    },
  };
}
