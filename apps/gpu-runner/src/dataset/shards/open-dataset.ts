import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs';
import { parseJsonFile } from '../../teacher/checked-files.ts';
import { type ByteSource, readSafetensors, type SafetensorsEntry } from '../../tensor/safetensors.ts';
import {
  DatasetInfo,
  datasetPath,
  ShardIndex,
  shardCount,
  shardPaths,
  type StoredExample,
} from './dataset-files.ts';
import { landmarkColors } from './landmark-palette.ts';

/** A data set on disk whose pictures are read one at a time. */
export interface Dataset {
  readonly info: DatasetInfo;
  /** All pictures, in the order of their identities. */
  readonly examples: readonly StoredExample[];
  /** [S, S, 3] bytes of picture n, top row first. */
  image(n: number): Uint8Array;
  /** [S, S, 3] bytes of its landmark picture, in the palette's colors on black. */
  landmarks(n: number): Uint8Array;
  /** [S, S] the landmark picture as stored: 0 for black, i + 1 for color i of the palette. */
  landmarkIndices(n: number): Uint8Array;
  /** Closes the files; later reads throw. */
  close(): void;
}

/** Where one picture lies. */
interface Place {
  readonly shard: OpenShard;
  readonly row: number;
}

interface OpenShard {
  readonly file: number;
  readonly images: SafetensorsEntry;
  readonly landmarks: SafetensorsEntry;
  readonly examples: readonly StoredExample[];
}

/**
 * Opens a data set. Descriptions are read and checked now; pictures stay on disk until asked for.
 *
 * With `unfinished`, shards that are not rendered yet are left out instead of refused.
 */
export function openDataset(directory: string, { unfinished = false } = {}): Dataset {
  const info = parseJsonFile(DatasetInfo, datasetPath(directory));
  const shards: OpenShard[] = [];
  const close = (): void => {
    for (const { file } of shards.splice(0)) closeSync(file);
  };
  try {
    for (let k = 0; k < shardCount(info); k++) {
      if (unfinished && !existsSync(shardPaths(directory, k).tensors)) continue;
      shards.push(openShard(directory, k, info));
    }
  } catch (error) {
    close();
    throw error;
  }
  const places: Place[] = shards.flatMap((shard) => shard.examples.map((_, row) => ({ shard, row })));
  const pixels = info.imageSize ** 2;
  const place = (n: number): Place => {
    const found = places[n];
    if (found === undefined || shards.length === 0) {
      throw new Error(`openDataset: expected an open picture below ${places.length}, got ${n}`);
    }
    return found;
  };
  const indicesOf = (n: number): Uint8Array => {
    const { shard, row } = place(n);
    return shard.landmarks.readRange(row * pixels, (row + 1) * pixels);
  };
  return {
    info,
    examples: shards.flatMap(({ examples }) => examples),
    image(n) {
      const { shard, row } = place(n);
      return shard.images.readRange(row * pixels * 3, (row + 1) * pixels * 3);
    },
    landmarks(n) {
      const out = new Uint8Array(pixels * 3);
      landmarkColors(indicesOf(n), info.palette, out);
      return out;
    },
    landmarkIndices: indicesOf,
    close,
  };
}

function openShard(directory: string, shard: number, { imageSize: size }: DatasetInfo): OpenShard {
  const paths = shardPaths(directory, shard);
  if (!existsSync(paths.tensors)) {
    throw new Error(`openDataset: ${paths.tensors}: expected a rendered shard, got none`);
  }
  const { examples } = parseJsonFile(ShardIndex, paths.index);
  const file = openSync(paths.tensors, 'r');
  try {
    const { entries } = readSafetensors(bytesOf(file));
    const entry = (name: string, shape: readonly number[]): SafetensorsEntry => {
      const found = entries.get(name);
      if (found?.dtype !== 'U8' || found.shape.join() !== shape.join()) {
        throw new Error(
          `openDataset: ${paths.tensors}: ${name}: expected U8 [${shape}], got ${found?.dtype} [${found?.shape}]`,
        );
      }
      return found;
    };
    return {
      file,
      examples,
      images: entry('images', [examples.length, size, size, 3]),
      landmarks: entry('landmarks', [examples.length, size, size]),
    };
  } catch (error) {
    closeSync(file);
    throw error;
  }
}

function bytesOf(file: number): ByteSource {
  return {
    byteLength: fstatSync(file).size,
    read(begin, end) {
      const bytes = new Uint8Array(end - begin);
      for (let done = 0; done < bytes.length; ) {
        const got = readSync(file, bytes, done, bytes.length - done, begin + done);
        if (got === 0) throw new Error(`openDataset: expected ${end} bytes, got ${begin + done}`);
        done += got;
      }
      return bytes;
    },
  };
}
