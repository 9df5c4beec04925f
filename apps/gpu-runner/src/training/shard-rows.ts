import type { Dataset } from '../dataset/shards/open-dataset.ts';

/** The pictures of one shard: numbers `first` … `end` (excluded) of the data set as it was opened. */
export interface ShardRows {
  readonly shard: number;
  readonly first: number;
  readonly end: number;
}

/** The shards that a data set was opened with, in order. */
export function shardRows({ examples, info }: Pick<Dataset, 'examples' | 'info'>): readonly ShardRows[] {
  const rows: { shard: number; first: number; end: number }[] = [];
  examples.forEach(({ identity }, n) => {
    const shard = Math.floor(identity / info.identitiesPerShard);
    const last = rows.at(-1);
    if (last?.shard === shard) last.end = n + 1;
    else rows.push({ shard, first: n, end: n + 1 });
  });
  return rows;
}

/** File name of shard k in a cache. */
export function cacheFileName(shard: number): string {
  return `shard-${String(shard).padStart(5, '0')}.safetensors`;
}
