import { writeFileWhole } from '../../shell/write-file-whole.ts';
import { writeSafetensors } from '../../tensor/write-safetensors.ts';
import type { Example } from '../example.ts';
import { type DatasetInfo, shardPaths, type StoredExample } from './dataset-files.ts';
import { landmarkIndices } from './landmark-palette.ts';

/**
 * Writes shard k: its index first, then its tensors, each whole or not at all. A shard whose tensors are there is
 * finished, whenever the process was killed.
 */
export async function writeShard(
  directory: string,
  shard: number,
  info: Pick<DatasetInfo, 'imageSize' | 'palette'>,
  examples: readonly Example[],
): Promise<void> {
  const { imageSize: size, palette } = info;
  const pixels = size * size;
  const images = new Uint8Array(examples.length * pixels * 3);
  const landmarks = new Uint8Array(examples.length * pixels);
  const stored = examples.map((example, n): StoredExample => {
    if (example.image.length !== pixels * 3) {
      throw new Error(`writeShard: expected pictures of ${pixels * 3} bytes, got ${example.image.length}`);
    }
    images.set(example.image, n * pixels * 3);
    landmarks.set(landmarkIndices(example.landmarks, palette), n * pixels);
    const { caption, kind, view, azimuthRad, identity, traits, defect } = example;
    return { caption, kind, view, azimuthRad, identity, traits, defect };
  });
  const paths = shardPaths(directory, shard);
  await writeFileWhole(paths.index, new TextEncoder().encode(`${JSON.stringify({ examples: stored })}\n`));
  const tensors = new Map([
    ['images', { dtype: 'U8', shape: [examples.length, size, size, 3], values: images } as const],
    ['landmarks', { dtype: 'U8', shape: [examples.length, size, size], values: landmarks } as const],
  ]);
  await writeFileWhole(paths.tensors, writeSafetensors(tensors, { format: 'headwright-dataset/1' }));
}
