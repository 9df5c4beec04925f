import { mkdirSync } from 'node:fs';
import { type Dataset, openDataset } from '../dataset/shards/open-dataset.ts';
import type { SessionInput } from '../onnx/session.ts';
import { readTensor, type SourceTensor, type TensorSource } from '../onnx/tensor-source.ts';
import { createRandom } from '../tensor/random.ts';
import { autoencoderConfig } from './autoencoder-config.ts';
import { autoencoderObjective } from './autoencoder-objective.ts';
import { componentEncoder } from './component-encoder.ts';
import { exportNetwork } from './export-networks.ts';
import { gainInAutoencoder, initialWeights } from './initial-weights.ts';
import { patchComponents } from './patch-components.ts';
import { loopSettings } from './loop-settings.ts';
import { mayMirror, writePlanes } from './mirror-example.ts';
import { heldOutSample, lossKind, shuffledEpochs, splitExamples } from './split-examples.ts';
import type { AutoencoderTraining } from './training-config.ts';
import { compileParallelTraining } from './parallel-training.ts';
import { runTraining } from './training-loop.ts';
import { compileEvaluation, compileTraining, type EvaluationProgram } from './training-program.ts';
import type { TrainingRequest } from './training-request.ts';

/** What `train autoencoder` is asked for. */
export interface AutoencoderRequest extends TrainingRequest<AutoencoderTraining> {
  /** Weights to start from instead of fresh ones. */
  readonly from: TensorSource | null;
}

/**
 * Trains an autoencoder on all pictures of a data set but the held-out identities', and writes it, averaged, to
 * `out/vae` with the scaling factor that gives its latents the standard deviation 1.
 */
export async function trainAutoencoder(request: AutoencoderRequest): Promise<void> {
  const { config, out, threads, report } = request;
  const dataset = openDataset(request.data, { unfinished: true });
  const { imageSize } = dataset.info;
  const { train, heldOut } = splitExamples(dataset.examples);
  const random = createRandom(config.seed, 'autoencoder');
  const source = request.from ?? initialWeights(random.fork('weights'), () => false, gainInAutoencoder);
  const fixed = fixedEncoder(request, dataset, train);
  const encoder = fixed && { label: 'fixed encoder', find: (key: string) => fixed.get(key) };
  const objectiveOf = (batch: number) =>
    autoencoderObjective(autoencoderConfig(config), { batch, imageSize }, source, config, encoder);
  mkdirSync(out, { recursive: true });
  // The latents' moments, which a learned encoder is held to, are those of the whole batch: it is not divided.
  const program = encoder
    ? await compileParallelTraining(objectiveOf, { batch: config.batch, threads })
    : await compileTraining(objectiveOf(config.batch), { threads });
  const evaluation = await compileEvaluation(objectiveOf(config.batch), { threads });
  report(`${train.length} pictures, ${heldOut.length} held out; ${program.initial.length} parameters`);

  const pictures = createPictureBatch(dataset, config);
  const epochs = shuffledEpochs(train, random.fork('order'));
  const sample = heldOutSample(dataset.examples, heldOut, config.heldOutPerKind);
  const state = await runTraining({
    title: `Autoencoder: ${config.latentChannels} × ${pictures.side}²`,
    description: JSON.stringify({ autoencoder: { ...config, data: dataset.info.seed } }),
    program,
    settings: loopSettings(config),
    limit: request.limit,
    directory: out,
    batch(step) {
      const own = random.fork(`step ${step}`);
      for (let slot = 0; slot < config.batch; slot++) {
        const n = epochs.at(step * config.batch + slot);
        pictures.show(slot, n, own.uniform() < 0.5 && mayMirror(dataset.examples[n]));
      }
      return pictures.inputs(own.normals(pictures.latentCount).map((v) => v * config.latentNoise));
    },
    evaluate: (average) => heldOutErrors(dataset, sample, pictures, evaluation, average),
    listenForStop: request.listenForStop,
    report,
    now: request.now,
  });

  const { mean, deviation } = await latentMoments(train, pictures, evaluation, state.average);
  report(`latents: mean ${mean.toFixed(3)}, deviation ${deviation.toFixed(3)}`);
  const settings = autoencoderConfig(config, deviation);
  await exportNetwork(`${out}/vae`, settings, 'vae', program.layout, state.average, fixed ?? new Map());
  await Promise.all([program.dispose(), evaluation.dispose()]);
  dataset.close();
}

/** The weights, by key, of an encoder that is not trained: the data set's principal components, or those of `from`. */
function fixedEncoder(
  { config, from }: AutoencoderRequest,
  dataset: Dataset,
  train: Uint32Array,
): ReadonlyMap<string, SourceTensor> | null {
  if (config.encoder === 'learned') return null;
  const patch = 2 ** (config.encoderBlocks.length - 1);
  const components = patchComponents(dataset, train, { patch, count: config.latentChannels });
  const fresh = componentEncoder(components, config);
  if (!from) return fresh;
  return new Map([...fresh].map(([key, { shape }]) => [key, { shape, data: readTensor(from, key, shape) }]));
}

/** One batch of pictures, written into an array that is used again. */
interface PictureBatch {
  readonly batch: number;
  /** Of the latents. */
  readonly side: number;
  readonly latentCount: number;
  show(slot: number, n: number, mirrored: boolean): void;
  /** What the programs are given: the pictures shown last, and noise for their latents. */
  inputs(latentNoise: Float32Array): Record<string, SessionInput>;
}

function createPictureBatch(dataset: Dataset, config: AutoencoderTraining): PictureBatch {
  const { batch, latentChannels, encoderBlocks } = config;
  const { imageSize } = dataset.info;
  const side = imageSize / 2 ** (encoderBlocks.length - 1);
  const pixels = 3 * imageSize * imageSize;
  const image = new Float32Array(batch * pixels);
  return {
    batch,
    side,
    latentCount: batch * latentChannels * side * side,
    show(slot, n, mirrored) {
      const target = image.subarray(slot * pixels, (slot + 1) * pixels);
      writePlanes(dataset.image(n), imageSize, mirrored && dataset.examples[n].kind, target);
    },
    inputs: (latentNoise) => ({
      image: { data: image, shape: [batch, 3, imageSize, imageSize] },
      latentNoise: { data: latentNoise, shape: [batch, latentChannels, side, side] },
    }),
  };
}

/** Mean error of the sample's pictures by their kind. */
async function heldOutErrors(
  { examples }: Dataset,
  sample: readonly number[],
  pictures: PictureBatch,
  evaluation: EvaluationProgram,
  average: Float32Array,
): Promise<Readonly<Record<string, number>>> {
  const sums = new Map<string, { sum: number; count: number }>();
  const noiseless = new Float32Array(pictures.latentCount);
  for (let start = 0; start < sample.length; start += pictures.batch) {
    const batch = sample.slice(start, start + pictures.batch);
    batch.forEach((n, slot) => {
      pictures.show(slot, n, false);
    });
    const { errors } = await evaluation.run(pictures.inputs(noiseless), average);
    batch.forEach((n, slot) => {
      const kind = lossKind(examples[n]);
      const { sum, count } = sums.get(kind) ?? { sum: 0, count: 0 };
      sums.set(kind, { sum: sum + errors[slot], count: count + 1 });
    });
  }
  return Object.fromEntries([...sums].map(([kind, { sum, count }]) => [kind, sum / count]));
}

/** Mean and standard deviation of the latents of training pictures, evenly spread over the data set. */
async function latentMoments(
  train: Uint32Array,
  pictures: PictureBatch,
  evaluation: EvaluationProgram,
  average: Float32Array,
): Promise<{ readonly mean: number; readonly deviation: number }> {
  let [count, sum, squares] = [0, 0, 0];
  const shown = Math.min(40, Math.ceil(train.length / pictures.batch)) * pictures.batch;
  for (let start = 0; start < shown; start += pictures.batch) {
    for (let slot = 0; slot < pictures.batch; slot++) {
      pictures.show(slot, train[Math.floor(((start + slot) * train.length) / shown)], false);
    }
    const { latent } = await evaluation.run(pictures.inputs(new Float32Array(pictures.latentCount)), average);
    for (const value of latent) {
      count++;
      sum += value;
      squares += value * value;
    }
  }
  const mean = sum / count;
  return { mean, deviation: Math.sqrt(squares / count - mean ** 2) };
}
