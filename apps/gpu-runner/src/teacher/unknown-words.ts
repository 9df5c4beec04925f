import type { TeacherManifest } from './teacher-manifest.ts';

/**
 * The words of a prompt that the teacher was hardly trained on, lower-case, each once, in the prompt's order.
 *
 * Words count as known by their stem, so that "horned" and "smile" pass where "horns" and "smiling" were trained. A teacher
 * that lists none knows words in general.
 */
export function unknownWords(prompt: string, known: TeacherManifest['knownWords']): string[] {
  if (known.words.length === 0) return [];
  const stems = new Set(known.words.map(stemOf));
  const stopWords = new Set(known.stopWords);
  const words =
    prompt
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{N}][\p{L}\p{M}\p{N}'’]*/gu) ?? [];
  const bare = words.map((word) => word.replace(/['’](s|re|m|ve|ll|d)?$/u, '').replaceAll(/['’]/gu, ''));
  return [...new Set(bare)].filter((word) => !stopWords.has(word) && !stems.has(stemOf(word)));
}

/** What stays without plural, -ed, -ing, -en, -y, -er and final e; endings that would leave fewer than three letters stay. */
function stemOf(word: string): string {
  const irregular = IRREGULAR.get(word) ?? word;
  let stem = irregular.replace(/(?<=.{2})ies$/, 'y').replace(/(?<=.{3})(es|s)$/, '');
  stem = stem.replace(/(?<=.{3})(ing|ed|en|er|y)$/, '').replace(/(?<=.{3})e$/, '');
  // Doubled consonants of "redder" and "grinning".
  return stem.replace(/(?<=..)([b-df-hj-np-tv-z])\1$/, '$1');
}

const IRREGULAR: ReadonlyMap<string, string> = new Map([
  ['men', 'man'],
  ['women', 'woman'],
  ['elves', 'elf'],
  ['elven', 'elf'],
  ['grey', 'gray'],
  ['moustache', 'mustache'],
  ['moustaches', 'mustache'],
]);
