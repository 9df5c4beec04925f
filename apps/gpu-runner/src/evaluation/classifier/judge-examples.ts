import type { Dataset } from '../../dataset/shards/open-dataset.ts';
import type { EvaluationProgram } from '../../training/training-program.ts';
import { answersOf, QUESTIONS } from '../judged-traits.ts';
import type { ClassifierBatch } from './create-classifier-batch.ts';
import { readAnswers } from './score-answers.ts';

/** Answers to pictures of a data set, with the right ones and the mean loss. */
export interface JudgedExamples {
  readonly right: readonly Int8Array[];
  readonly found: readonly ReturnType<typeof readAnswers>[];
  readonly loss: number;
}

/** What judging needs: the compiled classifier, and the batch and data set that it reads. */
export interface ExampleJudge {
  readonly batch: ClassifierBatch;
  readonly evaluation: EvaluationProgram;
  readonly dataset: Dataset;
}

/** Asks the classifier with weights `values` about the pictures of these numbers. */
export async function judgeExamples(
  { batch, evaluation, dataset }: ExampleJudge,
  numbers: readonly number[],
  values: Float32Array,
): Promise<JudgedExamples> {
  const found: ReturnType<typeof readAnswers>[] = [];
  let loss = 0;
  for (let start = 0; start < numbers.length; start += batch.size) {
    const own = numbers.slice(start, start + batch.size);
    batch.clear();
    own.forEach((n, slot) => {
      batch.show(slot, n);
    });
    const outputs = await evaluation.run(batch.inputs, values);
    const { logits } = outputs;
    loss += outputs['loss'][0] * batch.size;
    const width = logits.length / batch.size;
    own.forEach((_, slot) =>
      found.push(readAnswers(QUESTIONS, logits.subarray(slot * width, (slot + 1) * width))),
    );
  }
  return {
    found,
    right: numbers.map((n) => answersOf(dataset.examples[n])),
    loss: loss / numbers.length,
  };
}
