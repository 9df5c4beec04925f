import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openDataset } from '../dataset/shards/open-dataset.ts';
import type { NetworkFiles } from '../onnx/networks/teacher-networks.ts';
import { createNoiseSchedule } from '../ssd/diffusion/noise-schedule.ts';
import { writeFileWhole } from '../shell/write-file-whole.ts';
import { openTextEncoder } from '../teacher/encode-text.ts';
import { SCHEDULER_PATH } from '../teacher/read-prediction.ts';
import type { TeacherManifest } from '../teacher/teacher-manifest.ts';
import { createRandom } from '../tensor/random.ts';
import { prepareCaptions } from './caption-cache.ts';
import { createDenoiserBatch, type DenoiserData, drawSamples, windowSide } from './denoiser-batch.ts';
import { denoiserConfigs } from './denoiser-configs.ts';
import { denoiserObjective } from './denoiser-objective.ts';
import { exportNetwork } from './export-networks.ts';
import { createHeldOutEvaluation } from './held-out-denoising.ts';
import { initialWeights, isZeroInControlNet, isZeroInUNet } from './initial-weights.ts';
import { prepareLatents } from './latent-cache.ts';
import { limitBadPictures } from './limit-bad-pictures.ts';
import { loopSettings } from './loop-settings.ts';
import { shuffledEpochs, splitExamples } from './split-examples.ts';
import { NOISE, schedulerConfig } from './scheduler-config.ts';
import { DENOISER_CONFIG } from './denoiser-conventions.ts';
import type { DenoiserTraining } from './training-config.ts';
import { runTraining } from './training-loop.ts';
import { compileEvaluation, type ParameterTensor } from './training-program.ts';
import type { TrainingRequest } from './training-request.ts';
import { compileParallelTraining } from './parallel-training.ts';

/** What `train denoiser` is asked for. */
export interface DenoiserRequest extends TrainingRequest<DenoiserTraining> {
  readonly vae: NetworkFiles & { readonly digest: string };
  /** Folder of a teacher and its text encoder's entry in teacher.json. */
  readonly text: { readonly directory: string; readonly settings: TeacherManifest['text'] };
  /** Networks to start from instead of fresh ones; their configs replace the architecture. */
  readonly from: { readonly unet: NetworkFiles; readonly controlnet: NetworkFiles } | null;
  readonly frozen: readonly ('unet' | 'controlnet')[];
}

/**
 * Trains UNet and ControlNet together on the latents and captions of a data set, and writes them, averaged, to
 * `out/unet` and `out/controlnet`, beside a scheduler and the training's config, which say what they predict and are used
 * to. Latents and caption states are kept beside the shards for the next training.
 */
export async function trainDenoiser(request: DenoiserRequest): Promise<void> {
  const { config, out, threads, report, frozen } = request;
  const data = await prepareData(request);
  const { dataset, latents } = data;
  const [channels, side] = latents.shape;
  const random = createRandom(config.seed, 'denoiser');
  const configs = request.from
    ? { unet: record(request.from.unet.config), controlnet: record(request.from.controlnet.config) }
    : denoiserConfigs({ ...config, latentChannels: channels, latentSize: side, textWidth: data.width });
  const sources = {
    unet: request.from?.unet.weights ?? initialWeights(random.fork('unet'), isZeroInUNet),
    controlnet:
      request.from?.controlnet.weights ?? initialWeights(random.fork('controlnet'), isZeroInControlNet),
  };
  const window = windowSide(config, latents);
  const objectiveOf = (cells: number) => (batch: number) => {
    const imageSize = (dataset.info.imageSize / side) * cells;
    const shape = { batch, imageSize, latentSize: cells, textTokens: data.tokens };
    return denoiserObjective(configs, shape, sources, frozen);
  };
  mkdirSync(out, { recursive: true });
  const program = await compileParallelTraining(objectiveOf(window), { batch: config.batch, threads });
  // Held-out pictures are whole: as many of them at a time as fill a batch of windows.
  const wholes = Math.ceil(config.batch * (window / side) ** 2);
  const evaluation = await compileEvaluation(objectiveOf(side)(wholes), { threads });
  const { train, heldOut } = splitExamples(dataset.examples);
  const shown = limitBadPictures(dataset.examples, train, config);
  report(`${shown.length} pictures, ${heldOut.length} held out; ${program.initial.length} parameters`);
  const epochs = shuffledEpochs(shown, random.fork('order'));
  const fill = createDenoiserBatch(config, data, window);
  const latentCount = config.batch * channels * window * window;

  const state = await runTraining({
    title: `UNet and ControlNet: ${(program.initial.length / 1e6).toFixed(1)} M parameters`,
    description: JSON.stringify({
      denoiser: { ...config, data: dataset.info.seed, vae: request.vae.digest, frozen },
    }),
    program,
    settings: loopSettings(config),
    limit: request.limit,
    directory: out,
    batch(step) {
      const own = random.fork(`step ${step}`);
      const examples = Array.from({ length: config.batch }, (_, i) => epochs.at(step * config.batch + i));
      const samples = drawSamples(examples, data, config, own);
      return fill(samples, own.normals(latentCount));
    },
    evaluate: createHeldOutEvaluation({
      data,
      heldOut,
      config: { ...config, batch: wholes },
      evaluation,
      random: random.fork('held out'),
    }),
    listenForStop: request.listenForStop,
    report,
    now: request.now,
  });

  await writeNetworks(request, configs, program.layout, state.average);
  await Promise.all([program.dispose(), evaluation.dispose()]);
  dataset.close();
}

/** Writes the averaged networks that were trained, and what they predict and are used to. */
async function writeNetworks(
  { config, out, frozen }: DenoiserRequest,
  configs: ReturnType<typeof denoiserConfigs>,
  layout: readonly ParameterTensor[],
  average: Float32Array,
): Promise<void> {
  for (const part of ['unet', 'controlnet'] as const) {
    if (frozen.includes(part)) continue;
    await exportNetwork(join(out, part), configs[part], part, layout, average);
  }
  const write = (path: string, value: unknown): Promise<void> =>
    writeFileWhole(join(out, path), new TextEncoder().encode(`${JSON.stringify(value, null, 1)}\n`));
  await write(SCHEDULER_PATH, schedulerConfig(config.prediction));
  await write(DENOISER_CONFIG, config);
}

/** Opens the data set with its latents and caption states, encoding what has no file yet. */
async function prepareData({ data, vae, text, threads, report }: DenoiserRequest): Promise<DenoiserData> {
  const dataset = openDataset(data, { unfinished: true });
  const { tokens, width, model } = text.settings;
  const textDigest = createHash('sha256')
    .update(readFileSync(join(text.directory, model)))
    .digest('hex');
  const encoder = await openTextEncoder(text.directory, { ...text.settings, scale: 1 });
  const captions = await prepareCaptions({
    dataset,
    encoder,
    tokens,
    width,
    directory: join(data, `captions-${textDigest.slice(0, 12)}`),
    report,
  });
  const unconditional = await encoder.unconditional();
  await encoder.dispose();
  const directory = join(data, `latents-${vae.digest.slice(0, 12)}`);
  const latents = await prepareLatents({ dataset, vae, directory, threads, report });
  const schedule = createNoiseSchedule(NOISE);
  return { dataset, latents, captions, unconditional, tokens, width, schedule };
}

function record(config: unknown): Readonly<Record<string, unknown>> {
  if (typeof config !== 'object' || config === null)
    throw new Error('trainDenoiser: expected a config object');
  return { ...config };
}
