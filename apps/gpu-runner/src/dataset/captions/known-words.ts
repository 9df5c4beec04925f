import { BAD_WORDS } from '../bad-pictures/bad-words.ts';
import * as subjects from './subject-phrases.ts';
import * as traits from './trait-phrases.ts';

/** Words that carry no meaning of their own in a prompt: never worth a warning. */
export const stopWords: readonly string[] = [
  ...['a', 'an', 'and', 'any', 'are', 'as', 'at', 'be', 'by', 'for', 'from', 'has', 'have', 'having', 'he'],
  ...['her', 'his', 'in', 'is', 'it', 'its', 'like', 'no', 'of', 'on', 'or', 'she', 'that', 'the', 'their'],
  ...['they', 'this', 'to', 'very', 'who', 'with', 'without', 'under', 'out', 'up', 'down'],
];

/** Words that captions use outside the tables of phrases. */
const GRAMMAR = [
  'wearing',
  'head human person man woman male female latina',
  'little young old middle-aged very old',
  'front view side view back view normal map',
];

/** Every word that captions are made of, lower-case, sorted, without stop words: what the teacher has been told. */
export function knownWords(): string[] {
  const phrases = textsIn([subjects, traits, BAD_WORDS, GRAMMAR]);
  const words = phrases.flatMap((phrase) => phrase.toLowerCase().match(/[\p{L}\p{N}]+(?:'s)?/gu) ?? []);
  const bare = words.map((word) => word.replace(/'s$/, ''));
  return [...new Set(bare)].filter((word) => !stopWords.includes(word)).toSorted();
}

/** All strings in nested lists and records, their placeholders for colors taken out. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value.replaceAll(/\{\w+\}/g, '')];
  if (value instanceof Set) return [];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
