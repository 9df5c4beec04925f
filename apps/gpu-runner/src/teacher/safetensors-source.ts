import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { TensorSource } from '../onnx/tensor-source.ts';
import { type ByteSource, readSafetensors, toFloat32 } from '../tensor/safetensors.ts';

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

/** Opens the file anew for every read: nothing stays open, whatever throws in between. */
function fileBytes(path: string): ByteSource {
  const withFile = <T>(use: (file: number) => T): T => {
    const file = openSync(path, 'r');
    try {
      return use(file);
    } finally {
      closeSync(file);
    }
  };
  return {
    byteLength: withFile((file) => fstatSync(file).size),
    read: (begin, end) =>
      withFile((file) => {
        const bytes = new Uint8Array(end - begin);
        for (let done = 0; done < bytes.length; ) {
          const got = readSync(file, bytes, done, bytes.length - done, begin + done);
          if (got === 0) throw new Error(`read: expected ${end} bytes, got ${begin + done}`);
          done += got;
        }
        return bytes;
      }),
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
