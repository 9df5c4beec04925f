import { expect, it } from 'vitest';
import { editWords } from './edit-words.ts';

const base = { prompt: 'a young man', edits: [{ prompt: 'happy' }] };

it('asks for the head as it is and the new words, against the head as it is', () => {
  expect(editWords(base, 'with a beard', null)).toEqual({
    prompt: 'a young man, happy, with a beard',
    contrast: 'a young man, happy',
    tail: ', with a beard',
  });
});

it('asks against what a customer does not want, too', () => {
  expect(editWords(base, 'with a beard', 'teeth').contrast).toBe('a young man, happy, teeth');
});

it('puts a long edit first, where no teacher cuts it', () => {
  const long = 'with a crown of leaves and feathers, a nose ring, paint on both cheeks and a very long neck';
  const words = editWords(base, long, null);
  expect(words.prompt.startsWith(`${long}, a young man`)).toBe(true);
  expect(words.tail).toBe('');
});
