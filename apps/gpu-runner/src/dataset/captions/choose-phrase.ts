import type { RandomStream } from '../../tensor/random.ts';

/** One of `phrases`, the first about twice as often as each of the others. */
export function choosePhrase(phrases: readonly string[], random: RandomStream): string {
  const place = Math.floor(random.uniform() * (phrases.length + 1));
  const phrase = phrases[Math.max(0, place - 1)];
  if (phrase === undefined) throw new Error('choosePhrase: expected a phrase, got an empty list');
  return phrase;
}
