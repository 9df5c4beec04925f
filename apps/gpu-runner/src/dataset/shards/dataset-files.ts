import { join } from 'node:path';
import { z } from 'zod';
import { TRAITS, type Traits } from '../traits.ts';

const Byte = z.int().min(0).max(255);

/** dataset.json: everything that the pictures are a function of, and what their landmark pictures mean. */
export const DatasetInfo = z.strictObject({
  format: z.literal('headwright-dataset/1'),
  seed: z.int().min(0),
  identities: z.int().positive(),
  /** Good pictures of each identity; bad ones come on top. */
  viewsPerIdentity: z.int().min(0),
  /** Side of all pictures, pixels. */
  imageSize: z.int().positive(),
  /** Share of bad pictures in all, 0 … 1. */
  badShare: z.number().min(0).max(1),
  /** Share of the identities that show one value of one trait, each as likely as any other. */
  evenShare: z.number().min(0).max(1).default(0),
  /** Digest of the data set of unfinished heads that some of the bad pictures are taken from. */
  renders: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullable(),
  /** Identities of one shard; the last shard may have fewer. */
  identitiesPerShard: z.int().positive(),
  /** Red, green, blue of landmark pixels 1, 2, …; 0 is black. The colors of the teacher's landmark chains. */
  palette: z
    .array(z.tuple([Byte, Byte, Byte]))
    .min(1)
    .max(255),
});
export type DatasetInfo = z.infer<typeof DatasetInfo>;

/** What is known about one stored picture. */
export const StoredExample = z.strictObject({
  caption: z.string(),
  kind: z.enum(['photo', 'normals']),
  view: z.enum(['front', 'side', 'back']),
  azimuthRad: z.number(),
  identity: z.int().min(0),
  traits: traitsSchema(),
  /** Kind of bad picture, null for a good one. */
  defect: z.string().min(1).nullable(),
});
export type StoredExample = z.infer<typeof StoredExample>;

/** shard-00000.json: the examples of a shard, in the order of the rows of its tensors. */
export const ShardIndex = z.strictObject({ examples: z.array(StoredExample).min(1) });

function traitsSchema(): z.ZodType<Traits> {
  const fields = Object.entries(TRAITS).map(([name, values]) => [name, z.enum(values)] as const);
  // One enum of exactly TRAITS[name] for each trait name: that is Traits, which fromEntries cannot express.
  return z.strictObject(Object.fromEntries(fields)) as unknown as z.ZodType<Traits>;
}

/** Shards that hold all identities. */
export function shardCount(info: Pick<DatasetInfo, 'identities' | 'identitiesPerShard'>): number {
  return Math.ceil(info.identities / info.identitiesPerShard);
}

/** The identities of shard k: `first` … `end` (excluded). */
export function shardIdentities(
  info: Pick<DatasetInfo, 'identities' | 'identitiesPerShard'>,
  shard: number,
): { readonly first: number; readonly end: number } {
  const first = shard * info.identitiesPerShard;
  return { first, end: Math.min(info.identities, first + info.identitiesPerShard) };
}

/** Where the parts of a data set lie in its folder. */
export function datasetPath(directory: string): string {
  return join(directory, 'dataset.json');
}

/** Where the tensors and the index of shard k lie. */
export function shardPaths(
  directory: string,
  shard: number,
): { readonly tensors: string; readonly index: string } {
  const stem = join(directory, `shard-${String(shard).padStart(5, '0')}`);
  return { tensors: `${stem}.safetensors`, index: `${stem}.json` };
}
