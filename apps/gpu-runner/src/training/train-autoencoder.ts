import { mkdirSync } from 'node:fs';
import { openDataset } from '../dataset/shards/open-dataset.ts';
import type { SessionInput } from '../onnx/session.ts';
import type { TensorSource } from '../onnx/tensor-source.ts';
import { createRandom } from '../tensor/random.ts';
import { autoencoderConfig } from './autoencoder-config.ts';
import { autoencoderObjective } from './autoencoder-objective.ts';
import { exportNetwork } from './export-networks.ts';
import { gainInAutoencoder, initialWeights } from './initial-weights.ts';
import { loopSettings } from './loop-settings.ts';
import { mayMirror, writePlanes } from './mirror-example.ts';
import { heldOutSample, lossKind, shuffledEpochs, splitExamples } from './split-examples.ts';
import type { AutoencoderTraining } from './training-config.ts';
import { runTraining, type TrainingLimit } from './training-loop.ts';
import { compileEvaluation, compileTraining } from './training-program.ts';

/** What `train autoencoder` is asked for. */
export interface AutoencoderRequest {
  readonly data: string;
  readonly out: string;
  readonly config: AutoencoderTraining;
  readonly limit: TrainingLimit;
  readonly threads: number;
  /** Weights to start from instead of fresh ones. */
  readonly from: TensorSource | null;
  readonly report: (line: string) => void;
  readonly now: () => number;
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
  const objective = autoencoderObjective(
    autoencoderConfig(config),
    { batch: config.batch, imageSize },
    source,
    config,
  );
  mkdirSync(out, { recursive: true });
  const program = await compileTraining(objective, { threads });
  const evaluation = await compileEvaluation(objective, { threads });
  report(`${train.length} pictures, ${heldOut.length} held out; ${program.initial.length} parameters`);

  const side = imageSize / 2 ** (config.encoderBlocks.length - 1);
  const latentShape = [config.batch, config.latentChannels, side, side];
  const latentCount = latentShape.reduce((product, size) => product * size, 1);
  const pixels = 3 * imageSize * imageSize;
  const image = new Float32Array(config.batch * pixels);
  const inputs = (latentNoise: Float32Array): Record<string, SessionInput> => ({
    image: { data: image, shape: [config.batch, 3, imageSize, imageSize] },
    latentNoise: { data: latentNoise, shape: latentShape },
  });
  const show = (slot: number, n: number, mirrored: boolean): void => {
    const target = image.subarray(slot * pixels, (slot + 1) * pixels);
    writePlanes(dataset.image(n), imageSize, mirrored && dataset.examples[n].kind, target);
  };
  const epochs = shuffledEpochs(train, random.fork('order'));
  const sample = heldOutSample(dataset.examples, heldOut, config.heldOutPerKind);
  const noiseless = new Float32Array(latentCount);

  const state = await runTraining({
    title: `Autoencoder: ${config.latentChannels} × ${side}²`,
    description: JSON.stringify({ autoencoder: { ...config, data: dataset.info.seed } }),
    program,
    settings: loopSettings(config),
    limit: request.limit,
    directory: out,
    batch(step) {
      const own = random.fork(`step ${step}`);
      for (let slot = 0; slot < config.batch; slot++) {
        const n = epochs.at(step * config.batch + slot);
        show(slot, n, own.uniform() < 0.5 && mayMirror(dataset.examples[n]));
      }
      const noise = own.normals(latentCount);
      for (let i = 0; i < latentCount; i++) noise[i] *= config.latentNoise;
      return inputs(noise);
    },
    async evaluate(average) {
      const sums = new Map<string, { sum: number; count: number }>();
      for (let start = 0; start < sample.length; start += config.batch) {
        const batch = sample.slice(start, start + config.batch);
        batch.forEach((n, slot) => {
          show(slot, n, false);
        });
        const { errors } = await evaluation.run(inputs(noiseless), average);
        batch.forEach((n, slot) => {
          const kind = lossKind(dataset.examples[n]);
          const { sum, count } = sums.get(kind) ?? { sum: 0, count: 0 };
          sums.set(kind, { sum: sum + errors[slot], count: count + 1 });
        });
      }
      return Object.fromEntries([...sums].map(([kind, { sum, count }]) => [kind, sum / count]));
    },
    report,
    now: request.now,
  });

  // The latents' deviation over training pictures, evenly spread.
  let [count, sum, squares] = [0, 0, 0];
  const batches = Math.min(40, Math.ceil(train.length / config.batch));
  for (let k = 0; k < batches; k++) {
    for (let slot = 0; slot < config.batch; slot++) {
      show(
        slot,
        train[Math.floor(((k * config.batch + slot) * train.length) / (batches * config.batch))],
        false,
      );
    }
    const { latent } = await evaluation.run(inputs(noiseless), state.average);
    for (const value of latent) {
      count++;
      sum += value;
      squares += value * value;
    }
  }
  const deviation = Math.sqrt(squares / count - (sum / count) ** 2);
  report(`latents: mean ${(sum / count).toFixed(3)}, deviation ${deviation.toFixed(3)}`);
  await exportNetwork(
    `${out}/vae`,
    autoencoderConfig(config, deviation),
    'vae',
    program.layout,
    state.average,
  );
  await Promise.all([program.dispose(), evaluation.dispose()]);
  dataset.close();
}
