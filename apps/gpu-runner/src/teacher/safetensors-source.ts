import type { TensorSource } from '../onnx/tensor-source.ts';
import { readSafetensors, toFloat32 } from '../tensor/safetensors.ts';
import { fileBytes } from './file-bytes.ts';

/** Opens a safetensors file as a source of weights; tensors are read from the file when asked for. */
export function openSafetensors(path: string, label: string): TensorSource {
  const { entries } = named(label, () => readSafetensors(fileBytes(path)));
  return {
    label,
    find(key) {
      const entry = entries.get(key);
      return entry && { shape: entry.shape, data: named(label, () => toFloat32(key, entry)) };
    },
  };
}

function named<T>(label: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    throw new Error(`openSafetensors: ${label}: ${cause instanceof Error ? cause.message : String(cause)}`, {
      cause,
    });
  }
}
