import { mkdirSync, writeFileSync } from 'node:fs';
import { type DatasetInfo, datasetPath } from '../apps/gpu-runner/src/dataset/shards/dataset-files.ts';
import { writeShard } from '../apps/gpu-runner/src/dataset/shards/write-shard.ts';
import { TRAITS, type Traits } from '../apps/gpu-runner/src/dataset/traits.ts';
import { createRandom } from '../apps/gpu-runner/src/tensor/random.ts';

/** What a tiny data set shows: colored balls instead of heads, in shards like any other. */
export interface TinyDataset {
  readonly identities: number;
  readonly identitiesPerShard: number;
  /** Side of a picture, pixels. */
  readonly imageSize: number;
}

const COLORS: readonly (readonly [string, readonly [number, number, number]])[] = [
  ['red', [220, 50, 40]],
  ['green', [60, 190, 70]],
  ['blue', [60, 80, 220]],
  ['white', [235, 235, 235]],
];
/** The subject's left eye and right eye, and the face. */
const PALETTE: DatasetInfo['palette'] = [
  [10, 200, 180],
  [180, 200, 10],
  [10, 200, 10],
];

/** Writes three pictures of each identity: a ball, its normal map, and noise that says it is noise. */
export async function writeTinyDataset(directory: string, shape: TinyDataset): Promise<void> {
  const { identities, identitiesPerShard, imageSize } = shape;
  const info: DatasetInfo = {
    format: 'headwright-dataset/1',
    seed: 1,
    identities,
    viewsPerIdentity: 2,
    imageSize,
    badShare: 0.3,
    evenShare: 0,
    renders: null,
    identitiesPerShard,
    palette: PALETTE,
  };
  mkdirSync(directory, { recursive: true });
  writeFileSync(datasetPath(directory), JSON.stringify(info));
  for (let shard = 0; shard * identitiesPerShard < identities; shard++) {
    const first = shard * identitiesPerShard;
    const count = Math.min(identitiesPerShard, identities - first);
    const own = Array.from({ length: count }, (_, i) => examplesOf(first + i, imageSize)).flat();
    await writeShard(directory, shard, info, own);
  }
}

function examplesOf(identity: number, imageSize: number) {
  const random = createRandom(1, `ball ${identity}`);
  const [name, color] = COLORS[random.integer(0, COLORS.length - 1)];
  // Every trait of the first value: the tests here read none.
  const traits = Object.fromEntries(
    Object.entries(TRAITS).map(([trait, [value]]) => [trait, value]),
  ) as Traits;
  const center = [random.between(0.4, 0.6), random.between(0.4, 0.6)].map((share) => share * imageSize);
  const radius = random.between(0.22, 0.36) * imageSize;
  const gray = random.integer(0, 255);
  const kinds = [
    { kind: 'photo', caption: `a ${name} ball`, defect: null },
    { kind: 'normals', caption: `a ${name} ball, normal map`, defect: null },
    { kind: 'photo', caption: 'noise', defect: 'noise' },
  ] as const;
  return kinds.map(({ kind, caption, defect }) => {
    const image = new Uint8Array(3 * imageSize * imageSize);
    const landmarks = new Uint8Array(image.length);
    for (let pixel = 0; pixel < imageSize * imageSize; pixel++) {
      const dx = ((pixel % imageSize) - center[0]) / radius;
      const dy = (Math.floor(pixel / imageSize) - center[1]) / radius;
      const inside = dx * dx + dy * dy < 1;
      const depth = Math.sqrt(Math.max(0, 1 - dx * dx - dy * dy));
      for (let channel = 0; channel < 3; channel++) {
        const normal = 127.5 * ([dx, -dy, depth][channel] + 1);
        const ball = kind === 'normals' ? normal : color[channel] * (0.4 + 0.6 * depth);
        const background = kind === 'normals' ? 0 : gray;
        image[3 * pixel + channel] = defect ? random.integer(0, 255) : Math.round(inside ? ball : background);
      }
      if (inside && Math.abs(dy + 0.3) < 0.1 && Math.abs(dx) > 0.2)
        landmarks.set(PALETTE[dx > 0 ? 0 : 1], 3 * pixel);
    }
    return {
      image,
      landmarks,
      caption,
      kind,
      view: 'front',
      azimuthRad: 0,
      identity,
      traits,
      defect,
    } as const;
  });
}
