import { createRandom, type RandomStream } from '../../tensor/random.ts';
import type { Studio } from '../render-identity.ts';
import type { Example } from '../example.ts';
import { type DatasetInfo, shardIdentities } from './dataset-files.ts';

/** What draws the pictures of a shard. */
export interface ShardPainters {
  /** Good pictures of one person. */
  renderIdentity: Studio['renderIdentity'];
  /** One bad picture made of a person's good ones, or taken from elsewhere under that person's number. */
  drawBad(good: readonly Example[], random: RandomStream): Example;
}

/**
 * Draws all pictures of shard k, identity by identity, the bad ones of an identity behind its good ones.
 *
 * A function of `info` and k alone: neither other shards nor their number matter. `onPictures` is told how many pictures
 * an identity got.
 */
export function renderShard(
  painters: ShardPainters,
  info: DatasetInfo,
  shard: number,
  onPictures: (count: number) => void = () => {},
): Example[] {
  const examples: Example[] = [];
  const { first, end } = shardIdentities(info, shard);
  for (let identity = first; identity < end; identity++) {
    const good = painters.renderIdentity(info.seed, identity, { ...info, views: info.viewsPerIdentity });
    const random = createRandom(info.seed, `bad/${identity}`);
    // Rounded at random, so that the mean is right for any number of views.
    const badCount = Math.floor(badPicturesPerIdentity(info) + random.uniform());
    const bad = Array.from({ length: badCount }, (_, n) => painters.drawBad(good, random.fork(String(n))));
    examples.push(...good, ...bad);
    onPictures(good.length + bad.length);
  }
  return examples;
}

/** Mean number of bad pictures of an identity: their share in all pictures is `badShare`. */
export function badPicturesPerIdentity({
  viewsPerIdentity,
  badShare,
}: Pick<DatasetInfo, 'viewsPerIdentity' | 'badShare'>): number {
  return (viewsPerIdentity * badShare) / (1 - badShare);
}
