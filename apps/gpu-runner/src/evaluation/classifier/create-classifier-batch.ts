import type { Dataset } from '../../dataset/shards/open-dataset.ts';
import type { SessionInput } from '../../onnx/session.ts';
import type { RandomStream } from '../../tensor/random.ts';
import { writePlanes } from '../../training/mirror-example.ts';
import type { ClassifierTraining } from '../../training/training-config.ts';
import { answersOf, QUESTIONS } from '../judged-traits.ts';
import { jitterPlanes } from './jitter-planes.ts';
import { valueWeights } from './value-weights.ts';

/** The inputs of `classifierObjective` for one batch. */
export interface ClassifierBatch {
  readonly size: number;
  readonly inputs: Readonly<Record<string, SessionInput>>;
  /** Asks nothing of any slot. */
  clear(): void;
  /** Puts picture `n` and its answers into a slot, changed a little if asked. */
  show(slot: number, n: number, change?: { readonly mirrored: boolean; readonly random: RandomStream }): void;
}

/** The arrays of one batch of the classifier's training, written picture by picture. */
export function createClassifierBatch(
  dataset: Dataset,
  config: ClassifierTraining,
  train: Uint32Array,
): ClassifierBatch {
  const size = dataset.info.imageSize;
  const pixels = 3 * size * size;
  const image = new Float32Array(config.batch * pixels);
  const width = QUESTIONS.reduce((sum, { values }) => sum + values.length, 0);
  const targets = new Float32Array(config.batch * width);
  const answers = [...train].map((n) => answersOf(dataset.examples[n]));
  const weights = valueWeights(QUESTIONS, answers, config.balance).map((own, q) =>
    QUESTIONS[q].name === 'view' ? own.map((weight) => weight * config.viewWeight) : own,
  );
  const inputs: Readonly<Record<string, SessionInput>> = {
    image: { data: image, shape: [config.batch, 3, size, size] },
    targets: { data: targets, shape: [config.batch, width] },
  };
  return {
    size: config.batch,
    inputs,
    clear: (): void => {
      targets.fill(0);
    },
    show(
      slot: number,
      n: number,
      change?: { readonly mirrored: boolean; readonly random: RandomStream },
    ): void {
      const example = dataset.examples[n];
      const planes = image.subarray(slot * pixels, (slot + 1) * pixels);
      writePlanes(dataset.image(n), size, change?.mirrored === true && example.kind, planes);
      if (change) jitterPlanes(planes, size, config.jitter, change.random);
      const own = targets.subarray(slot * width, (slot + 1) * width).fill(0);
      const right = answersOf(example);
      let start = 0;
      QUESTIONS.forEach(({ values }, q) => {
        if (right[q] >= 0) own[start + right[q]] = weights[q][right[q]];
        start += values.length;
      });
    },
  };
}
