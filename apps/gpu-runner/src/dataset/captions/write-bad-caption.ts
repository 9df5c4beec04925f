import type { RandomStream } from '../../tensor/random.ts';
import type { PictureKind } from '../example.ts';
import type { View } from './seen-traits.ts';
import { viewEnding } from './write-caption.ts';

/**
 * Describes a spoiled picture: half the time what it shows and what is wrong with it, else only what is wrong, as
 * negative prompts do. `words` are those of the defect; `caption` may end in view words, which then come before them.
 */
export function writeBadCaption(
  caption: string,
  words: string,
  { view, kind }: { view: View; kind: PictureKind },
  random: RandomStream,
): string {
  if (random.uniform() < 0.5) return `${caption}, ${words}, low quality`;
  const head = random.uniform() < 0.9 ? 'a head' : 'a portrait';
  return `${head}, ${words}, low quality${viewEnding(view, kind, random)}`;
}
