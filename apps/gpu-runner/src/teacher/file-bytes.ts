import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { ByteSource } from '../tensor/safetensors.ts';

/** A file as bytes to read in pieces, opened anew for every read: nothing stays open, whatever throws in between. */
export function fileBytes(path: string): ByteSource {
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
