import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Dataset, openDataset } from '../../dataset/shards/open-dataset.ts';
import type { TensorSource } from '../../onnx/tensor-source.ts';
import { writeFileManifest } from '../../packing/write-file-manifest.ts';
import { writeFileWhole } from '../../shell/write-file-whole.ts';
import { createRandom } from '../../tensor/random.ts';
import { initialWeights } from '../../training/initial-weights.ts';
import { loopSettings } from '../../training/loop-settings.ts';
import { mayMirror } from '../../training/mirror-example.ts';
import { heldOutSample, shuffledEpochs, splitExamples } from '../../training/split-examples.ts';
import type { ClassifierTraining } from '../../training/training-config.ts';
import { runTraining } from '../../training/training-loop.ts';
import { compileParallelTraining } from '../../training/parallel-training.ts';
import { compileEvaluation } from '../../training/training-program.ts';
import type { TrainingRequest } from '../../training/training-request.ts';
import { QUESTIONS } from '../judged-traits.ts';
import { type Calibration, calibrate } from './calibrate.ts';
import { writeClassifier } from './classifier-files.ts';
import type { ClassifierConfig } from './classifier-network.ts';
import { classifierObjective } from './classifier-objective.ts';
import { createClassifierBatch } from './create-classifier-batch.ts';
import { type JudgedExamples, judgeExamples } from './judge-examples.ts';
import { scoreAnswers } from './score-answers.ts';

/** What `train classifier` is asked for. */
export interface ClassifierRequest extends TrainingRequest<ClassifierTraining> {
  /** Weights to start from instead of fresh ones. */
  readonly from: TensorSource | null;
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
    inputSize: config.inputSize,
    channels: config.channels,
    features: config.features,
    groups: config.groups,
    questions: QUESTIONS.map(({ name, values }) => ({ name, values: [...values] })),
  };
  const { train, heldOut } = splitExamples(dataset.examples);
  const random = createRandom(config.seed, 'classifier');
  const source = request.from ?? initialWeights(random.fork('weights'), () => false, gainInClassifier);
  const objectiveOf = (batch: number) => classifierObjective(form, batch, source);
  mkdirSync(out, { recursive: true });
  const program = await compileParallelTraining(objectiveOf, { batch: config.batch, threads });
  const evaluation = await compileEvaluation(objectiveOf(config.batch), { threads });
  report(`${train.length} pictures, ${heldOut.length} held out; ${program.initial.length} parameters`);

  const batch = createClassifierBatch(dataset, config, train);
  const epochs = shuffledEpochs(train, random.fork('order'));
  const sample = heldOutSample(dataset.examples, heldOut, config.heldOutPerKind);
  const judge = (numbers: readonly number[], values: Float32Array) =>
    judgeExamples({ batch, evaluation, dataset }, numbers, values);
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
    evaluate: async (average) => heldOutErrors(await judge(sample, average)),
    listenForStop: request.listenForStop,
    report,
    now: request.now,
  });

  const directory = join(out, 'attribute-classifier');
  const written = { ...form, imageSize: config.judgedSize ?? form.imageSize };
  await writeClassifier(directory, written, program.layout, state.average);
  const { right, found } = await judge([...heldOut], state.average);
  await writeCalibration(directory, state.step, dataset.info, calibrate(QUESTIONS, right, found), report);
  await Promise.all([program.dispose(), evaluation.dispose()]);
  dataset.close();
}

/** Writes calibration.json and the manifest beside a classifier, and reports every question's accuracy. */
async function writeCalibration(
  directory: string,
  step: number,
  info: Dataset['info'],
  calibration: Calibration,
  report: (line: string) => void,
): Promise<void> {
  const text = `${JSON.stringify({ step, data: info.seed, ...calibration }, null, 2)}\n`;
  await writeFileWhole(join(directory, 'calibration.json'), new TextEncoder().encode(text));
  await writeFileManifest(directory, () => ({
    license: 'Apache-2.0',
    source: `Headwright: trained on teacher render --seed ${info.seed} --identities ${info.identities}`,
  }));
  for (const { name, count, accuracy, balancedAccuracy } of calibration.questions) {
    report(
      `${name}: ${percent(accuracy)}, balanced ${percent(balancedAccuracy)} of ${count} held-out pictures`,
    );
  }
}

/** Held-out losses by name, for the loop. */
function heldOutErrors({ found, loss, right }: JudgedExamples): Readonly<Record<string, number>> {
  const scores = scoreAnswers(QUESTIONS, { right, given: found.map(({ given }) => given) });
  const mean = (key: 'accuracy' | 'balancedAccuracy'): number =>
    scores.reduce((sum, score) => sum + score[key], 0) / scores.length;
  const view = scores.find(({ name }) => name === 'view');
  return {
    loss,
    errors: 1 - mean('accuracy'),
    'balanced errors': 1 - mean('balancedAccuracy'),
    ...(view && { 'view errors': 1 - view.accuracy }),
  };
}

/** He et al.'s deviation before ReLUs, torch's own before the answers. */
function gainInClassifier(layer: string): number {
  return layer === 'answers' ? 1 : Math.sqrt(6);
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
