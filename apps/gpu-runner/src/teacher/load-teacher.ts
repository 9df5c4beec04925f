import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Prediction } from '../onnx/networks/prediction.ts';
import { readTensor, type TensorSource } from '../onnx/tensor-source.ts';
import { framingOf } from '../ssd/cameras/framing-of.ts';
import type { Framing } from '../ssd/cameras/sample-camera.ts';
import type { ViewWords } from '../ssd/cameras/view-words.ts';
import type { NoiseScheduleConfig } from '../ssd/diffusion/noise-schedule.ts';
import {
  checkFiles,
  digestOfFiles,
  FileManifest,
  listFiles,
  MANIFEST_NAME,
  type ModelFile,
  parseJsonFile,
} from './checked-files.ts';
import { openSafetensors } from './safetensors-source.ts';
import { TeacherManifest } from './teacher-manifest.ts';
import { SCHEDULER_PATH } from './read-prediction.ts';
import { SchedulerConfig } from './scheduler-config.ts';
import type { TrainingRecord } from './training-record.ts';

/** One network of a teacher, in diffusers' terms. */
export interface TeacherNetwork {
  /** `_class_name` of its config. */
  readonly className: string;
  /** config.json as it stands: whoever compiles the network parses it. */
  readonly config: Readonly<Record<string, unknown>>;
  readonly weights: TensorSource;
}

/** A teacher on disk whose files have been checked. */
export interface Teacher {
  readonly name: string;
  readonly directory: string;
  /** Digest of all its files. */
  readonly sha256: string;
  readonly files: readonly ModelFile[];
  /** How it was trained, where its manifest.json tells. */
  readonly training: TrainingRecord | null;
  readonly manifest: TeacherManifest;
  /** The manifest's framing and view words, in radians. */
  readonly framing: Framing;
  readonly viewWords: ViewWords;
  readonly vae: TeacherNetwork;
  readonly unet: TeacherNetwork;
  readonly controlnet: TeacherNetwork;
  /** What the UNet predicts. */
  readonly prediction: Prediction;
  readonly noise: NoiseScheduleConfig;
}

const WEIGHT_NAMES = ['diffusion_pytorch_model.safetensors', 'diffusion_pytorch_model.fp16.safetensors'];

/** diffusers writes fields of its own into these files, so unknown ones pass. */
const NetworkConfig = z.looseObject({ _class_name: z.string().min(1) });
const ModelIndex = z.looseObject({
  vae: z.tuple([z.string(), z.string()]),
  unet: z.tuple([z.string(), z.string()]),
  controlnet: z.tuple([z.string(), z.string()]),
});
const DenoiserConfig = z.looseObject({
  in_channels: z.int(),
  cross_attention_dim: z.int(),
  block_out_channels: z.array(z.int()).min(1),
});

/**
 * Loads a teacher from a folder in diffusers' layout with a teacher.json.
 *
 * Every file is checked (see `checkFiles`), every JSON file goes through its schema, and the parts must fit together:
 * whatever does not is refused by file and field.
 */
export async function loadTeacher(directory: string): Promise<Teacher> {
  const manifest = parseJsonFile(TeacherManifest, join(directory, 'teacher.json'));
  const files = await (manifest.files === 'required' ? checkFiles(directory) : listFiles(directory));
  const index = parseJsonFile(ModelIndex, join(directory, 'model_index.json'));
  const noise = parseJsonFile(SchedulerConfig, join(directory, SCHEDULER_PATH));
  const teacher: Teacher = {
    name: manifest.name,
    directory,
    sha256: digestOfFiles(files),
    files,
    training: manifest.files === 'required' ? trainingOf(directory) : null,
    manifest,
    framing: framingOf(manifest.framing),
    viewWords: {
      front: manifest.viewWords.front,
      side: manifest.viewWords.side,
      back: manifest.viewWords.back,
      frontBelowRad: radians(manifest.viewWords.frontBelowDegrees),
      backAboveRad: radians(manifest.viewWords.backAboveDegrees),
    },
    vae: loadNetwork(directory, 'vae', index.vae[1]),
    unet: loadNetwork(directory, 'unet', index.unet[1]),
    controlnet: loadNetwork(directory, 'controlnet', index.controlnet[1]),
    prediction: noise.prediction_type,
    noise,
  };
  for (const path of [manifest.text.model, manifest.text.tokenizer]) {
    if (!files.some((file) => file.path === path)) {
      throw new Error(`loadTeacher: ${path}: expected the text encoder's file, got none`);
    }
  }
  checkFit(teacher);
  return teacher;
}

function trainingOf(directory: string): TrainingRecord | null {
  return parseJsonFile(FileManifest, join(directory, MANIFEST_NAME)).training ?? null;
}

function loadNetwork(directory: string, part: string, className: string): TeacherNetwork {
  const config = parseJsonFile(NetworkConfig, join(directory, part, 'config.json'));
  if (config._class_name !== className) {
    throw new Error(
      `loadTeacher: ${part}/config.json: expected ${className} as in model_index.json, got ${config._class_name}`,
    );
  }
  const file = WEIGHT_NAMES.find((name) => existsSync(join(directory, part, name)));
  if (file === undefined)
    throw new Error(`loadTeacher: ${part}/${WEIGHT_NAMES[0]}: expected a file, got none`);
  return { className, config, weights: openSafetensors(join(directory, part, file), `${part}/${file}`) };
}

/** The networks take the manifest's latents and text, and their first weights have the shape their configs say. */
function checkFit({ manifest, unet, controlnet }: Teacher): void {
  for (const [part, network] of Object.entries({ unet, controlnet })) {
    const parsed = DenoiserConfig.safeParse(network.config);
    if (!parsed.success) {
      throw new Error(
        `loadTeacher: ${part}/config.json: /${parsed.error.issues[0].path.join('/')}: expected an entry`,
      );
    }
    const { in_channels: channels, cross_attention_dim: width, block_out_channels: blocks } = parsed.data;
    if (channels !== manifest.latentChannels) {
      throw new Error(
        `loadTeacher: ${part}/config.json: in_channels: expected ${manifest.latentChannels}, got ${channels}`,
      );
    }
    if (width !== manifest.text.width) {
      throw new Error(
        `loadTeacher: ${part}/config.json: cross_attention_dim: expected ${manifest.text.width}, got ${width}`,
      );
    }
    readTensor(network.weights, 'conv_in.weight', [blocks[0], channels, 3, 3]);
  }
}

function radians(degrees: number): number {
  return (degrees * Math.PI) / 180;
}
