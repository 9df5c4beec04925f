import { expect, test } from 'vitest';
import { viewPrompt } from './view-prompt.ts';

const style = { promptSuffix: ', normal map', negativePrompt: 'a head, low quality, {view}' };

test('prompt, view words and suffix follow each other, and the negative names the same view', () => {
  expect(viewPrompt(style, 'a clown', null, 'side view')).toEqual({
    text: 'a clown, side view, normal map',
    negativeText: 'a head, low quality, side view',
  });
});

test("a customer's negative prompt comes first and does not replace the teacher's", () => {
  expect(viewPrompt(style, 'a clown', 'a beard', 'back view').negativeText).toBe(
    'a beard, a head, low quality, back view',
  );
});
