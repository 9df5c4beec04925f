import { readFileSync } from 'node:fs';
import type { Prediction } from '../apps/gpu-runner/src/onnx/networks/prediction.ts';
import type { NetworkFiles, TeacherNetworks } from '../apps/gpu-runner/src/onnx/networks/teacher-networks.ts';
import type { TensorSource } from '../apps/gpu-runner/src/onnx/tensor-source.ts';
import { openSafetensors } from '../apps/gpu-runner/src/teacher/safetensors-source.ts';
import { TeacherManifest } from '../apps/gpu-runner/src/teacher/teacher-manifest.ts';

type Part = Exclude<keyof TeacherNetworks, 'prediction'>;

/** A teacher with what diffusers computed from it; see scripts/fixtures/networks.py. */
export interface NetworkFixture {
  readonly networks: TeacherNetworks;
  /** State-dictionary keys of each network. */
  readonly keys: Readonly<Record<Part, readonly string[]>>;
  /** Expected output of this name. */
  expected(name: string): Float32Array;
  readonly imageSize: number;
  readonly latentSize: number;
  readonly latentChannels: number;
  readonly textTokens: number;
  readonly textWidth: number;
}

/** As of Stable Diffusion 1.5 and 2.1. */
const RANDOM_PREDICTIONS: Readonly<Record<string, Prediction>> = {
  'conv-projection': 'epsilon',
  'linear-projection': 'v_prediction',
};
const FOLDER = new URL('./fixtures/networks/', import.meta.url);
const STARTER = new URL('../models/starter/', import.meta.url);

/** Loads `starter`, `conv-projection` or `linear-projection`; the random ones get the weights of the fixture's rule. */
export function loadNetworkFixture(name: string): NetworkFixture {
  const described: Record<Part, { config: unknown; shapes: Record<string, number[]> }> = JSON.parse(
    readFileSync(new URL(`${name}.json`, FOLDER), 'utf8'),
  );
  const starter = name === 'starter';
  const files = (part: Part): NetworkFiles => {
    if (!starter)
      return { config: described[part].config, weights: randomWeights(part, described[part].shapes) };
    const weights = new URL(`${part}/diffusion_pytorch_model.safetensors`, STARTER);
    const config = JSON.parse(readFileSync(new URL(`${part}/config.json`, STARTER), 'utf8'));
    return { config, weights: openSafetensors(weights.pathname, part) };
  };
  const arrays = openSafetensors(new URL(`${name}.safetensors`, FOLDER).pathname, name);
  const keysOf = (part: Part): string[] => Object.keys(described[part].shapes);
  return {
    networks: {
      vae: files('vae'),
      unet: files('unet'),
      controlnet: files('controlnet'),
      prediction: starter ? starterPrediction() : RANDOM_PREDICTIONS[name],
    },
    keys: { vae: keysOf('vae'), unet: keysOf('unet'), controlnet: keysOf('controlnet') },
    expected(output) {
      const found = arrays.find(output);
      if (!found) throw new Error(`expected: ${name} has no ${output}`);
      return found.data;
    },
    ...(starter
      ? starterSizes()
      : { imageSize: 64, latentSize: 8, latentChannels: 4, textTokens: 7, textWidth: 24 }),
  };
}

/** As the committed teacher says. */
function starterSizes() {
  const { imageSize, latentSize, latentChannels, text } = TeacherManifest.parse(
    JSON.parse(readFileSync(new URL('teacher.json', STARTER), 'utf8')),
  );
  return { imageSize, latentSize, latentChannels, textTokens: text.tokens, textWidth: text.width };
}

function starterPrediction(): Prediction {
  const config: { prediction_type: Prediction } = JSON.parse(
    readFileSync(new URL('scheduler/scheduler_config.json', STARTER), 'utf8'),
  );
  return config.prediction_type;
}

/** Uniform numbers in [−1, 1) from a key, the same as `numbers` of scripts/fixtures/networks.py. */
export function numbersOf(key: string, count: number, map = (u: number): number => u): Float32Array {
  let seed = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(key)) seed = Math.imul(seed ^ byte, 0x01000193);
  return Float32Array.from({ length: count }, (_, i) => {
    let x = (seed + Math.imul(i, 0x9e3779b9)) >>> 0;
    x ^= x >>> 16;
    x = Math.imul(x, 0x21f0aaad);
    x ^= x >>> 15;
    x = Math.imul(x, 0x735a2d97);
    x ^= x >>> 15;
    return map((x >>> 0) / 2147483648 - 1);
  });
}

/** Largest difference between two arrays over the largest magnitude of the expected one. */
export function relativeDifference(actual: Float32Array, expected: Float32Array): number {
  if (actual.length !== expected.length) return Number.POSITIVE_INFINITY;
  let difference = 0;
  let scale = 0;
  for (let i = 0; i < actual.length; i++) {
    difference = Math.max(difference, Math.abs(actual[i] - expected[i]));
    scale = Math.max(scale, Math.abs(expected[i]));
  }
  // A NaN must not hide behind Math.max's order of arguments.
  return actual.every(Number.isFinite) ? difference / scale : Number.POSITIVE_INFINITY;
}

function randomWeights(part: string, shapes: Record<string, number[]>): TensorSource {
  return {
    label: `the random ${part}`,
    find(key) {
      const shape = shapes[key];
      if (!shape) return undefined;
      const inputs = shape.slice(1).reduce((product, size) => product * size, 1);
      const factor = shape.length > 1 ? Math.sqrt(3 / inputs) : 0.3;
      const center = shape.length === 1 && key.endsWith('.weight') ? 1 : 0;
      const count = shape.reduce((product, size) => product * size, 1);
      return { shape, data: numbersOf(`${part}.${key}`, count, (u) => u * factor + center) };
    },
  };
}
