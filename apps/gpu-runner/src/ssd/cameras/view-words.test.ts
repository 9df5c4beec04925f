import { expect, test } from 'vitest';
import { viewWordsAt } from './view-words.ts';

const words = {
  front: 'front view',
  side: 'side view',
  back: 'back view',
  frontBelowRad: Math.PI / 4,
  backAboveRad: (3 * Math.PI) / 4,
};

test.each([
  [0, 'front view'],
  [44, 'front view'],
  [-44, 'front view'],
  [46, 'side view'],
  [-90, 'side view'],
  [134, 'side view'],
  [136, 'back view'],
  [-180, 'back view'],
  [316, 'front view'],
  [-270, 'side view'],
  [540, 'back view'],
])('azimuth %i° is a %s', (azimuthDegrees, expected) => {
  expect(viewWordsAt((azimuthDegrees * Math.PI) / 180, words)).toBe(expected);
});
