/// <reference lib="esnext.float16" />
import { join } from 'node:path';
import type { TensorSource } from '../../onnx/tensor-source.ts';
import { writeFileWhole } from '../../shell/write-file-whole.ts';
import { parseJsonFile } from '../../teacher/checked-files.ts';
import { openSafetensors } from '../../teacher/safetensors-source.ts';
import { type SafetensorsInput, writeSafetensors } from '../../tensor/write-safetensors.ts';
import type { ParameterTensor } from '../../training/training-program.ts';
import { ClassifierConfig } from './classifier-network.ts';

const WEIGHTS = 'classifier.safetensors';
const PART = 'classifier/';

/** Writes a trained classifier: config.json and float16 weights. */
export async function writeClassifier(
  directory: string,
  config: ClassifierConfig,
  layout: readonly ParameterTensor[],
  values: Float32Array,
): Promise<void> {
  const tensors = new Map<string, SafetensorsInput>();
  for (const { name, shape, start, end } of layout) {
    const half = new Float16Array(values.subarray(start, end));
    tensors.set(name.slice(PART.length), { dtype: 'F16', shape, values: half });
  }
  await writeFileWhole(join(directory, WEIGHTS), writeSafetensors(tensors, { format: 'headwright' }));
  const text = `${JSON.stringify(config, null, 2)}\n`;
  await writeFileWhole(join(directory, 'config.json'), new TextEncoder().encode(text));
}

/** Reads config.json of a classifier. */
export function readClassifierConfig(directory: string): ClassifierConfig {
  return parseJsonFile(ClassifierConfig, join(directory, 'config.json'));
}

/** Opens the weights of a classifier. */
export function openClassifierWeights(directory: string): TensorSource {
  const path = join(directory, WEIGHTS);
  return openSafetensors(path, path);
}
