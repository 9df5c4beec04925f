/// <reference lib="esnext.float16" />
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Dataset } from '../dataset/shards/open-dataset.ts';
import { writeFileWhole } from '../shell/write-file-whole.ts';
import type { TextEncoder as CaptionEncoder } from '../teacher/encode-text.ts';
import { fileBytes } from '../teacher/file-bytes.ts';
import { readSafetensors } from '../tensor/safetensors.ts';
import { writeSafetensors } from '../tensor/write-safetensors.ts';
import { halves } from './latent-cache.ts';
import { cacheFileName, type ShardRows, shardRows } from './shard-rows.ts';

/** The token states of a data set's captions. */
export interface CaptionCache {
  /** Writes the states [L, D] of picture n's caption into `out`, zeros behind the last token. */
  read(n: number, out: Float32Array): void;
}

/** What a caption cache is made of. */
export interface CaptionCacheRequest {
  readonly dataset: Dataset;
  readonly encoder: Pick<CaptionEncoder, 'encode'>;
  /** L and D. */
  readonly tokens: number;
  readonly width: number;
  /** Folder of this encoder's states. */
  readonly directory: string;
  readonly report: (line: string) => void;
}

/**
 * Encodes every caption once, float16 without its padding, one file a shard; shards that have their file are not
 * encoded again.
 */
export async function prepareCaptions(request: CaptionCacheRequest): Promise<CaptionCache> {
  const { dataset, directory, report } = request;
  const rows = shardRows(dataset);
  const missing = rows.filter(({ shard }) => !existsSync(join(directory, cacheFileName(shard))));
  for (const [i, shard] of missing.entries()) {
    report(`captions of shard ${shard.shard}, ${i + 1} of ${missing.length}`);
    await writeFileWhole(join(directory, cacheFileName(shard.shard)), await encodeShard(request, shard));
  }
  return openCaptions(request, rows);
}

/** The captions of a shard in the order of their first use. */
function captionsOf({ examples }: Dataset, { first, end }: ShardRows): string[] {
  return [...new Set(examples.slice(first, end).map(({ caption }) => caption))];
}

async function encodeShard(request: CaptionCacheRequest, shard: ShardRows): Promise<Uint8Array> {
  const { dataset, encoder, tokens, width } = request;
  const captions = captionsOf(dataset, shard);
  const counts = new Uint8Array(captions.length);
  const states = new Float16Array(captions.length * tokens * width);
  let rows = 0;
  for (const [i, caption] of captions.entries()) {
    const padded = await encoder.encode(caption);
    let count = tokens;
    while (count > 0 && padded.subarray((count - 1) * width, count * width).every((v) => v === 0)) count--;
    counts[i] = count;
    states.set(padded.subarray(0, count * width), rows * width);
    rows += count;
  }
  const values = states.subarray(0, rows * width);
  return writeSafetensors(
    new Map([
      ['counts', { dtype: 'U8', shape: [captions.length], values: counts } as const],
      ['states', { dtype: 'F16', shape: [rows, width], values } as const],
    ]),
    { format: 'headwright-captions/1' },
  );
}

function openCaptions(
  { dataset, directory, width }: CaptionCacheRequest,
  rows: readonly ShardRows[],
): CaptionCache {
  const places = rows.flatMap((shard) => {
    const path = join(directory, cacheFileName(shard.shard));
    const { entries } = readSafetensors(fileBytes(path));
    const [counts, states] = [entries.get('counts'), entries.get('states')];
    const captions = captionsOf(dataset, shard);
    if (counts?.shape[0] !== captions.length || states?.shape[1] !== width) {
      throw new Error(
        `openCaptions: ${path}: expected ${captions.length} captions of width ${width}, got [${counts?.shape}] and [${states?.shape}]`,
      );
    }
    let row = 0;
    const ranges = new Map(
      [...counts.read()].map((count, i) => {
        const begin = row;
        row += count;
        return [captions[i], { begin, end: row }];
      }),
    );
    return dataset.examples.slice(shard.first, shard.end).map(({ caption }) => {
      const range = ranges.get(caption);
      if (!range) throw new Error(`openCaptions: ${path}: expected the caption ${JSON.stringify(caption)}`);
      return { states, ...range };
    });
  });
  return {
    read(n, out) {
      const { states, begin, end } = places[n];
      out.fill(0);
      out.set(halves(states.readRange(2 * width * begin, 2 * width * end)));
    },
  };
}
