import { expect, test } from 'vitest';
import { viewPrompt } from './view-prompt.ts';

const style = { promptSuffix: ', normal map', negativePrompt: 'a head, low quality, {view}' };

test('prompt, view words and suffix follow each other, and the negative names the same view', () => {
  expect(viewPrompt(style, 'a clown', null, 'side view')).toEqual({
    text: { words: 'a clown', ending: ', side view, normal map' },
    negativeText: { words: '', ending: 'a head, low quality, side view' },
  });
});

test("a customer's negative prompt comes first and does not replace the teacher's", () => {
  expect(viewPrompt(style, 'a clown', 'a beard', 'back view').negativeText).toEqual({
    words: 'a beard',
    ending: ', a head, low quality, back view',
  });
});
