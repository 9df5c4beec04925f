import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { checkFiles, parseJsonFile } from '../teacher/checked-files.ts';

/** One layer of a Keras network, as nsfwjs' package describes it. */
const Layer = z.strictObject({
  name: z.string(),
  kind: z.string(),
  inputs: z.array(z.string()),
  settings: z.record(z.string(), z.unknown()),
});
export type Layer = z.infer<typeof Layer>;

const Network = z.strictObject({
  layers: z.array(Layer).min(2),
  /** In the order of their bytes; a byte b stands for min + b · scale. */
  weights: z.array(
    z.strictObject({ name: z.string(), shape: z.array(z.int().min(1)), min: z.number(), scale: z.number() }),
  ),
});

/** A weight of a layer in Keras' layout, channels last. */
export interface LayerWeight {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** The classifier as it lies in models/moderation. */
export interface NsfwNetwork {
  /** In an order in which inputs come first. */
  readonly layers: readonly Layer[];
  /** By `layer/weight`. */
  readonly weights: ReadonlyMap<string, LayerWeight>;
}

/** Reads nsfwjs' MobileNetV2 from a folder, which must be as its manifest says. */
export async function readNsfwNetwork(directory: string): Promise<NsfwNetwork> {
  await checkFiles(directory);
  const { layers, weights } = parseJsonFile(Network, join(directory, 'nsfw.json'));
  const bytes = readFileSync(join(directory, 'nsfw.bin'));
  const read = new Map<string, LayerWeight>();
  let offset = 0;
  for (const { name, shape, min, scale } of weights) {
    const count = shape.reduce((product, size) => product * size, 1);
    const data = Float32Array.from(bytes.subarray(offset, offset + count), (byte) => min + byte * scale);
    read.set(name, { shape, data });
    offset += count;
  }
  if (offset !== bytes.byteLength) {
    throw new Error(`readNsfwNetwork: expected ${offset} bytes of weights, got ${bytes.byteLength}`);
  }
  return { layers, weights: read };
}
