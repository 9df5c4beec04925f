import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { openDataset } from '../dataset/shards/open-dataset.ts';
import { Graph } from '../onnx/graph.ts';
import { parseAutoencoder } from '../onnx/networks/parse-autoencoder.ts';
import { placeTeacher } from '../onnx/networks/teacher-networks.ts';
import { writeFileWhole } from '../shell/write-file-whole.ts';
import {
  checkFiles,
  listFiles,
  MANIFEST_NAME,
  type ModelFile,
  parseJsonFile,
} from '../teacher/checked-files.ts';
import { loadTeacher, type Teacher } from '../teacher/load-teacher.ts';
import { TeacherManifest } from '../teacher/teacher-manifest.ts';
import { encoderDigest } from '../training/encoder-digest.ts';
import { schedulerConfig } from '../training/scheduler-config.ts';
import { checkSize } from './check-size.ts';
import { findDenoiser } from './find-denoiser.ts';
import { type ExportedNetwork, findExported, WEIGHTS_NAME } from './find-weights.ts';
import { SCHEDULER_PATH } from '../teacher/read-prediction.ts';
import type { DenoiserCheckpoint } from './read-denoiser-checkpoint.ts';
import { type NewStages, teacherManifestOf } from './teacher-manifest-of.ts';
import { trainedPart } from './trained-part.ts';
import { writeFileManifest } from './write-file-manifest.ts';

/** What `teacher pack` is asked for. */
export interface PackRequest {
  readonly name: string;
  /** Folders of the trainings, or of their networks. */
  readonly vae: string;
  readonly denoiser: string;
  /** Folder of the UNet where the training in `denoiser` was of the ControlNet alone. */
  readonly unet: string | null;
  /** Teacher whose text encoder and conventions the new one keeps. */
  readonly base: string;
  readonly data: string;
  readonly out: string;
  readonly stages: NewStages;
  readonly gitCommit: string | null;
  readonly limitBytes?: number;
  readonly report: (line: string) => void;
}

const DESCRIPTION =
  'A small latent diffusion model of heads, trained on renders of a CC0 parametric head under captions of their traits.';

/** Of the files that are our own. */
const OWN = {
  license: 'Apache-2.0',
  source: 'Headwright: trained on renders of the CC0 head in models/head-template',
} as const;

/**
 * Writes a trained teacher in diffusers' layout, float16, with teacher.json and manifest.json; `out` is replaced whole
 * or not at all, and only by a folder that loads, whose networks fit together and which is small enough.
 */
export async function packTeacher(request: PackRequest): Promise<Teacher> {
  const target = resolve(request.out);
  requireReplaceable(target);
  const sources = await findSources(request);
  // Beside its place: a rename must not cross file systems.
  const partial = join(dirname(target), `.${basename(target)}.partial-${process.pid}`);
  rmSync(partial, { recursive: true, force: true });
  try {
    await writeParts(partial, request, sources);
    const files = await writeOrigins(partial, request, sources);
    checkSize(files, request.limitBytes);
    requireWorking(await loadTeacher(partial));
    replace(target, partial);
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
  return loadTeacher(target);
}

/** Everything that a new teacher is made of, found and found to fit: nothing is written before. */
async function findSources(request: PackRequest) {
  const { base, data } = request;
  const manifest = parseJsonFile(TeacherManifest, join(base, 'teacher.json'));
  const originals = await (manifest.files === 'required' ? checkFiles(base) : listFiles(base));
  const pictures = describeData(data, manifest);
  const vae = findExported(request.vae, 'vae');
  if (!vae) throw new Error(`packTeacher: ${request.vae}: expected a trained vae, got no ${WEIGHTS_NAME}`);
  const { downsampling, latentChannels } = parseAutoencoder(vae.config);
  const { imageSize } = pictures;
  const sizes = { imageSize, latentSize: imageSize / downsampling, latentChannels };
  const { tokens: textTokens, width: textWidth } = manifest.text;
  const denoiser = findDenoiser(request, { ...sizes, textTokens, textWidth });
  if (denoiser.checkpoint)
    requireSameSources(denoiser.checkpoint, encoderDigest(vae.weightsPath, vae.config), pictures.seed);
  return { manifest, originals, pictures, vae, denoiser, sizes };
}

type Sources = Awaited<ReturnType<typeof findSources>>;

async function writeParts(directory: string, request: PackRequest, sources: Sources): Promise<void> {
  const { manifest, vae, denoiser, sizes } = sources;
  const { name, stages, base, report } = request;
  await copyNetwork(vae, join(directory, 'vae'));
  if (denoiser.unet && denoiser.controlnet) {
    report(`denoiser: the networks in ${denoiser.controlnet.runDirectory}`);
  } else {
    report(`denoiser: averaged weights of the checkpoint at step ${denoiser.checkpoint?.step}`);
    await denoiser.checkpoint?.exportTo(directory);
  }
  if (denoiser.unet) await copyNetwork(denoiser.unet, join(directory, 'unet'));
  if (denoiser.controlnet) await copyNetwork(denoiser.controlnet, join(directory, 'controlnet'));
  for (const path of [manifest.text.model, manifest.text.tokenizer]) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    copyFileSync(join(base, path), join(directory, path));
  }
  const { prediction, textScale } = denoiser.conventions;
  const fresh = { name, description: DESCRIPTION, ...sizes, textScale, stages };
  const teacherJson = teacherManifestOf(manifest, fresh);
  await writeJson(join(directory, 'teacher.json'), teacherJson);
  await writeJson(join(directory, 'model_index.json'), MODEL_INDEX);
  await writeJson(join(directory, SCHEDULER_PATH), schedulerConfig(prediction));
}

/** manifest.json: digests, licenses, and how the weights came about. */
function writeOrigins(
  directory: string,
  { gitCommit, denoiser: denoiserDirectory }: PackRequest,
  { originals, pictures, vae, denoiser }: Sources,
): Promise<readonly ModelFile[]> {
  const weightsOf = (part: string): string => join(directory, part, WEIGHTS_NAME);
  return writeFileManifest(directory, originIn(originals), {
    gitCommit,
    data: pictures,
    autoencoder: trainedPart(vae.runDirectory, [weightsOf('vae')]),
    denoiser: trainedPart(
      denoiser.controlnet?.runDirectory ?? denoiserDirectory,
      [weightsOf('unet'), weightsOf('controlnet')],
      denoiser.controlnet ? undefined : denoiser.checkpoint?.step,
    ),
  });
}

const MODEL_INDEX = {
  _class_name: 'StableDiffusionControlNetPipeline',
  vae: ['diffusers', 'AutoencoderTiny'],
  unet: ['diffusers', 'UNet2DConditionModel'],
  controlnet: ['diffusers', 'ControlNetModel'],
  text_encoder: ['onnx', 'MiniLM-L6-v2 (int8)'],
  tokenizer: ['tokenizers', 'WordPiece'],
  scheduler: ['diffusers', 'DDIMScheduler'],
} as const;

/** Seed and size of the data set, whose landmark pictures must have the teacher's colors. */
function describeData(directory: string, { landmarks }: TeacherManifest) {
  const dataset = openDataset(directory, { unfinished: true });
  dataset.close();
  const { seed, imageSize, badShare, evenShare, palette } = dataset.info;
  const colors = landmarks.chains.map(({ color }) => color);
  if (JSON.stringify(palette) !== JSON.stringify(colors)) {
    throw new Error(`packTeacher: ${directory}: expected landmarks in the colors of the teacher's chains`);
  }
  const identities = new Set(dataset.examples.map(({ identity }) => identity)).size;
  return { seed, identities, pictures: dataset.examples.length, imageSize, badShare, evenShare };
}

/** A denoiser speaks the latents of one autoencoder only. */
function requireSameSources(
  { autoencoderSha256, dataSeed }: DenoiserCheckpoint,
  encoder: string,
  seed: number,
): void {
  if (autoencoderSha256 !== encoder) {
    throw new Error(
      `packTeacher: expected the vae whose encoder the denoiser was trained on, ${autoencoderSha256}, got ${encoder}`,
    );
  }
  if (dataSeed !== seed) {
    throw new Error(`packTeacher: expected the data set of the training, seed ${dataSeed}, got seed ${seed}`);
  }
}

async function copyNetwork({ config, weightsPath }: ExportedNetwork, directory: string): Promise<void> {
  mkdirSync(directory, { recursive: true });
  copyFileSync(weightsPath, join(directory, WEIGHTS_NAME));
  await writeJson(join(directory, 'config.json'), config);
}

/** The files of others keep their origin. */
function originIn(originals: readonly ModelFile[]) {
  const ours = /^(vae|unet|controlnet|scheduler)\/|^[^/]+\.json$/;
  return (path: string) => {
    const { license, source } = ours.test(path)
      ? OWN
      : (originals.find((file) => file.path === path) ?? { license: 'NOASSERTION', source: 'unlisted' });
    return { license, source };
  };
}

/** The networks fit each other and the picture, and every weight they ask for is there. */
function requireWorking(teacher: Teacher): void {
  const { imageSize, latentSize, text } = teacher.manifest;
  const graph = new Graph();
  const placed = placeTeacher(graph, teacher);
  if (placed.latentSize(imageSize) !== latentSize) {
    throw new Error(
      `packTeacher: expected latents of side ${latentSize}, got ${placed.latentSize(imageSize)}`,
    );
  }
  const image = graph.input('image', [1, 3, imageSize, imageSize]);
  const sample = placed.encode(image, null);
  placed.decode(sample);
  placed.predictNoise({
    sample,
    timesteps: graph.input('timesteps', [1]),
    alphaBar: graph.input('alphaBar', [1]),
    text: graph.input('text', [1, text.tokens, text.width]),
    landmarks: image,
    controlStrength: graph.input('controlStrength', [1]),
  });
}

/** Only an empty place or an earlier teacher is replaced. */
function requireReplaceable(target: string): void {
  if (!existsSync(target) || readdirSync(target).length === 0) return;
  if (!existsSync(join(target, 'teacher.json')) || !existsSync(join(target, MANIFEST_NAME))) {
    throw new Error(`packTeacher: ${target}: expected an empty folder or a teacher to replace`);
  }
}

function replace(target: string, partial: string): void {
  const old = `${partial}-old`;
  const exists = existsSync(target);
  if (exists) renameSync(target, old);
  renameSync(partial, target);
  if (exists) rmSync(old, { recursive: true });
}

async function writeJson(path: string, value: unknown): Promise<void> {
  await writeFileWhole(path, new TextEncoder().encode(`${JSON.stringify(value, null, 1)}\n`));
}
