import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Dataset, openDataset } from '../../dataset/shards/open-dataset.ts';
import type { SessionInput } from '../../onnx/session.ts';
import type { TensorSource } from '../../onnx/tensor-source.ts';
import { writeFileManifest } from '../../packing/write-file-manifest.ts';
import { writeFileWhole } from '../../shell/write-file-whole.ts';
import { createRandom } from '../../tensor/random.ts';
import { initialWeights } from '../../training/initial-weights.ts';
import { loopSettings } from '../../training/loop-settings.ts';
import { mayMirror, writePlanes } from '../../training/mirror-example.ts';
import { heldOutSample, shuffledEpochs, splitExamples } from '../../training/split-examples.ts';
import type { ClassifierTraining } from '../../training/training-config.ts';
import { runTraining, type TrainingLimit } from '../../training/training-loop.ts';
import { compileEvaluation, compileTraining } from '../../training/training-program.ts';
import { answersOf, QUESTIONS } from '../judged-traits.ts';
import { calibrate } from './calibrate.ts';
import { writeClassifier } from './classifier-files.ts';
import type { ClassifierConfig } from './classifier-network.ts';
import { classifierObjective } from './classifier-objective.ts';
import { jitterPlanes } from './jitter-planes.ts';
import { readAnswers, scoreAnswers } from './score-answers.ts';
import { valueWeights } from './value-weights.ts';

/** What `train classifier` is asked for. */
export interface ClassifierRequest {
  readonly data: string;
  readonly out: string;
  readonly config: ClassifierTraining;
  readonly limit: TrainingLimit;
  readonly threads: number;
  /** Weights to start from instead of fresh ones. */
  readonly from: TensorSource | null;
  readonly report: (line: string) => void;
  readonly now: () => number;
}

/**
 * Trains the attribute classifier on all pictures of a data set but the held-out identities', and writes it, averaged,
 * to `out/attribute-classifier` with calibration.json, how it does on the held-out ones, and a manifest.
 */
export async function trainClassifier(request: ClassifierRequest): Promise<void> {
  const { config, out, threads, report } = request;
  const dataset = openDataset(request.data, { unfinished: true });
  const form: ClassifierConfig = {
    format: 'headwright-classifier/1',
    imageSize: dataset.info.imageSize,
    channels: config.channels,
    features: config.features,
    groups: config.groups,
    questions: QUESTIONS.map(({ name, values }) => ({ name, values: [...values] })),
  };
  const { train, heldOut } = splitExamples(dataset.examples);
  const random = createRandom(config.seed, 'classifier');
  const source = request.from ?? initialWeights(random.fork('weights'), () => false, gainInClassifier);
  const objective = classifierObjective(form, config.batch, source);
  mkdirSync(out, { recursive: true });
  const program = await compileTraining(objective, { threads });
  const evaluation = await compileEvaluation(objective, { threads });
  report(`${train.length} pictures, ${heldOut.length} held out; ${program.initial.length} parameters`);

  const batch = createBatch(dataset, config, train);
  const epochs = shuffledEpochs(train, random.fork('order'));
  const sample = heldOutSample(dataset.examples, heldOut, config.heldOutPerKind);
  /** Answers to the pictures of these numbers, and the mean loss with the training's weights. */
  const judge = async (numbers: readonly number[], values: Float32Array) => {
    const found: ReturnType<typeof readAnswers>[] = [];
    let loss = 0;
    for (let start = 0; start < numbers.length; start += config.batch) {
      const own = numbers.slice(start, start + config.batch);
      batch.clear();
      own.forEach((n, slot) => batch.show(slot, n));
      const outputs = await evaluation.run(batch.inputs, values);
      const { logits } = outputs;
      loss += outputs['loss'][0] * config.batch;
      const width = logits.length / config.batch;
      own.forEach((_, slot) =>
        found.push(readAnswers(QUESTIONS, logits.subarray(slot * width, (slot + 1) * width))),
      );
    }
    return { found, loss: loss / numbers.length };
  };
  const right = (numbers: readonly number[]): Int8Array[] =>
    numbers.map((n) => answersOf(dataset.examples[n]));

  const state = await runTraining({
    title: 'Attribute classifier',
    description: JSON.stringify({ classifier: { ...config, data: dataset.info.seed } }),
    program,
    settings: loopSettings(config),
    limit: request.limit,
    directory: out,
    batch(step) {
      const own = random.fork(`step ${step}`);
      for (let slot = 0; slot < config.batch; slot++) {
        const n = epochs.at(step * config.batch + slot);
        const mirrored = own.uniform() < 0.5 && mayMirror(dataset.examples[n]);
        batch.show(slot, n, { mirrored, random: own });
      }
      return batch.inputs;
    },
    async evaluate(average) {
      const { found, loss } = await judge(sample, average);
      const scores = scoreAnswers(QUESTIONS, {
        right: right(sample),
        given: found.map(({ given }) => given),
      });
      const mean = (key: 'accuracy' | 'balancedAccuracy'): number =>
        scores.reduce((sum, score) => sum + score[key], 0) / scores.length;
      return { loss, errors: 1 - mean('accuracy'), 'balanced errors': 1 - mean('balancedAccuracy') };
    },
    report,
    now: request.now,
  });

  const directory = join(out, 'attribute-classifier');
  await writeClassifier(directory, form, program.layout, state.average);
  const numbers = [...heldOut];
  const { found } = await judge(numbers, state.average);
  const calibration = calibrate(QUESTIONS, right(numbers), found);
  const text = `${JSON.stringify({ step: state.step, data: dataset.info.seed, ...calibration }, null, 2)}\n`;
  await writeFileWhole(join(directory, 'calibration.json'), new TextEncoder().encode(text));
  await writeFileManifest(directory, () => ({
    license: 'Apache-2.0',
    source: `Headwright: trained on teacher render --seed ${dataset.info.seed} --identities ${dataset.info.identities}`,
  }));
  for (const { name, count, accuracy, balancedAccuracy } of calibration.questions) {
    report(
      `${name}: ${percent(accuracy)}, balanced ${percent(balancedAccuracy)} of ${count} held-out pictures`,
    );
  }
  await Promise.all([program.dispose(), evaluation.dispose()]);
  dataset.close();
}

/** He et al.'s deviation before ReLUs, torch's own before the answers. */
function gainInClassifier(layer: string): number {
  return layer === 'answers' ? 1 : Math.sqrt(6);
}

/** The arrays of one batch, written picture by picture. */
function createBatch(dataset: Dataset, config: ClassifierTraining, train: Uint32Array) {
  const size = dataset.info.imageSize;
  const pixels = 3 * size * size;
  const image = new Float32Array(config.batch * pixels);
  const width = QUESTIONS.reduce((sum, { values }) => sum + values.length, 0);
  const targets = new Float32Array(config.batch * width);
  const answers = [...train].map((n) => answersOf(dataset.examples[n]));
  const weights = valueWeights(QUESTIONS, answers, config.balance);
  const inputs: Readonly<Record<string, SessionInput>> = {
    image: { data: image, shape: [config.batch, 3, size, size] },
    targets: { data: targets, shape: [config.batch, width] },
  };
  return {
    inputs,
    clear: (): void => {
      targets.fill(0);
    },
    show(
      slot: number,
      n: number,
      change?: { readonly mirrored: boolean; readonly random: ReturnType<typeof createRandom> },
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

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
