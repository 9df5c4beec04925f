import type { RandomStream } from '../../tensor/random.ts';
import { writeBadCaption } from '../captions/write-bad-caption.ts';
import type { Example } from '../example.ts';
import { spoil } from './spoil.ts';

/** A bad picture made of a good one, under a caption that says so; landmarks and traits stay. */
export function spoilExample(good: Example, random: RandomStream): Example {
  const { image, words, defect } = spoil(good.image, good, random);
  return { ...good, image, defect, caption: writeBadCaption(good.caption, words, good, random) };
}
