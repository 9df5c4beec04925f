/// <reference lib="esnext.float16" />
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Dataset } from '../dataset/shards/open-dataset.ts';
import { Graph } from '../onnx/graph.ts';
import { NetworkWeights } from '../onnx/networks/network-weights.ts';
import { parseAutoencoder } from '../onnx/networks/parse-autoencoder.ts';
import type { NetworkFiles } from '../onnx/networks/teacher-networks.ts';
import { openSession } from '../onnx/session.ts';
import { writeFileWhole } from '../shell/write-file-whole.ts';
import { fileBytes } from '../teacher/file-bytes.ts';
import { readSafetensors, type SafetensorsEntry } from '../tensor/safetensors.ts';
import { writeSafetensors } from '../tensor/write-safetensors.ts';
import { mayMirror, writePlanes } from './mirror-example.ts';
import { cacheFileName, type ShardRows, shardRows } from './shard-rows.ts';

/** The scaled latents of a data set, every picture as it is and mirrored. */
export interface LatentCache {
  /** C, h, h. */
  readonly shape: readonly [number, number, number];
  /** Writes the latent of picture n, mirrored or not, into `out`. */
  read(n: number, mirrored: boolean, out: Float32Array): void;
}

/** What a latent cache is made of. */
export interface LatentCacheRequest {
  readonly dataset: Dataset;
  readonly vae: NetworkFiles;
  /** Folder of this autoencoder's latents. */
  readonly directory: string;
  readonly threads: number;
  readonly report: (line: string) => void;
}

const BATCH = 16;

/**
 * Encodes every picture of the data set once, float16, one file a shard; shards that have their file are not encoded
 * again. Pictures that may not be mirrored have zeros for their mirror image.
 */
export async function prepareLatents(request: LatentCacheRequest): Promise<LatentCache> {
  const { dataset, vae, directory, threads, report } = request;
  const { imageSize } = dataset.info;
  const autoencoder = parseAutoencoder(vae.config);
  const side = imageSize / autoencoder.downsampling;
  const shape = [autoencoder.latentChannels, side, side] as const;
  const size = shape[0] * side * side;
  const rows = shardRows(dataset);
  const missing = rows.filter(({ shard }) => !existsSync(join(directory, cacheFileName(shard))));
  if (missing.length > 0) {
    const graph = new Graph();
    const image = graph.input('image', [BATCH, 3, imageSize, imageSize]);
    const weights = new NetworkWeights({ graph, source: vae.weights, trainAs: null });
    graph.output('latent', autoencoder.encode(weights, image, null));
    const session = await openSession(graph.build(), { threads });
    const encode = async (images: Float32Array): Promise<Float32Array> =>
      (await session.run({ image: { data: images, shape: image.shape } }))['latent'];
    for (const [i, shard] of missing.entries()) {
      report(`latents of shard ${shard.shard}, ${i + 1} of ${missing.length}`);
      const values = await encodeShard(dataset, shard, size, encode);
      const count = shard.end - shard.first;
      const tensor = { dtype: 'F16', shape: [count, 2, ...shape], values } as const;
      const bytes = writeSafetensors(new Map([['latents', tensor]]), { format: 'headwright-latents/1' });
      await writeFileWhole(join(directory, cacheFileName(shard.shard)), bytes);
    }
    await session.dispose();
  }
  return openLatents(directory, rows, shape);
}

async function encodeShard(
  dataset: Dataset,
  { first, end }: ShardRows,
  size: number,
  encode: (images: Float32Array) => Promise<Float32Array>,
): Promise<Float16Array> {
  const { imageSize } = dataset.info;
  const pixels = 3 * imageSize * imageSize;
  const images = new Float32Array(BATCH * pixels);
  const values = new Float16Array((end - first) * 2 * size);
  const jobs: { n: number; mirrored: boolean }[] = [];
  for (let n = first; n < end; n++) {
    jobs.push({ n, mirrored: false });
    if (mayMirror(dataset.examples[n])) jobs.push({ n, mirrored: true });
  }
  for (let start = 0; start < jobs.length; start += BATCH) {
    const batch = jobs.slice(start, start + BATCH);
    batch.forEach(({ n, mirrored }, slot) => {
      const target = images.subarray(slot * pixels, (slot + 1) * pixels);
      writePlanes(dataset.image(n), imageSize, mirrored && dataset.examples[n].kind, target);
    });
    const latents = await encode(images);
    batch.forEach(({ n, mirrored }, slot) => {
      const at = (2 * (n - first) + (mirrored ? 1 : 0)) * size;
      values.set(latents.subarray(slot * size, (slot + 1) * size), at);
    });
  }
  return values;
}

function openLatents(
  directory: string,
  rows: readonly ShardRows[],
  shape: readonly [number, number, number],
): LatentCache {
  const size = shape[0] * shape[1] * shape[2];
  const places: { entry: SafetensorsEntry; row: number }[] = rows.flatMap(({ shard, first, end }) => {
    const path = join(directory, cacheFileName(shard));
    const entry = readSafetensors(fileBytes(path)).entries.get('latents');
    const expected = [end - first, 2, ...shape];
    if (entry?.dtype !== 'F16' || entry.shape.join() !== expected.join()) {
      throw new Error(`openLatents: ${path}: expected latents F16 [${expected}], got [${entry?.shape}]`);
    }
    return Array.from({ length: end - first }, (_, row) => ({ entry, row }));
  });
  return {
    shape,
    read(n, mirrored, out) {
      const { entry, row } = places[n];
      const begin = 2 * size * (2 * row + (mirrored ? 1 : 0));
      out.set(halves(entry.readRange(begin, begin + 2 * size)));
    },
  };
}

/** Little-endian float16 values; the copy starts at an aligned offset. */
export function halves(bytes: Uint8Array): Float16Array {
  return new Float16Array(new Uint8Array(bytes).buffer);
}
