import { expect, test } from 'vitest';
import { viewPrompt } from './view-prompt.ts';

const style = {
  promptPrefix: '',
  promptDetail: '',
  promptSuffix: ', normal map',
  negativePrompt: 'a head, low quality, {view}',
};

test('prompt, view words and suffix follow each other, and the negative names the same view', () => {
  expect(viewPrompt(style, 'a clown', null, 'side view')).toEqual({
    text: { words: 'a clown', ending: ', side view, normal map' },
    negativeText: { words: '', ending: 'a head, low quality, side view' },
    plainText: { words: 'a clown', ending: ', normal map' },
  });
});

test("a customer's negative prompt comes first and does not replace the teacher's", () => {
  expect(viewPrompt(style, 'a clown', 'a beard', 'back view').negativeText).toEqual({
    words: 'a beard',
    ending: ', a head, low quality, back view',
  });
});

test("without the teacher's negative prompt a customer's stands alone, and no words at all are none", () => {
  const bare = { ...style, negativePrompt: '' };
  expect(viewPrompt(bare, 'a clown', 'a beard', 'back view').negativeText).toEqual({
    words: 'a beard',
    ending: '',
  });
  expect(viewPrompt(bare, 'a clown', null, 'back view').negativeText).toEqual({ words: '', ending: '' });
});

test('without view words no comma hangs in the air', () => {
  const { text, negativeText, plainText } = viewPrompt(style, 'a clown', null, '');
  expect(text).toEqual(plainText);
  expect(negativeText.ending).toBe('a head, low quality');
});

test('the words of a kind of character frame the prompt once, before the view words', () => {
  const real = { ...style, promptPrefix: 'a DSLR portrait of ', promptDetail: ', photorealistic' };
  const texts = (prompt: string) => viewPrompt(real, prompt, null, 'front view');
  expect(texts('a clown').text).toEqual({
    words: 'a DSLR portrait of a clown',
    ending: ', photorealistic, front view, normal map',
  });
  expect(texts('A DSLR portrait of a clown').text.words).toBe('A DSLR portrait of a clown');
});
