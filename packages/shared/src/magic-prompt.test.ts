import { expect, test } from 'vitest';
import { MAGIC_PROMPTS, readMagicPrompt } from './magic-prompt.ts';

test('every listed prompt is one', () => {
  for (const prompt of MAGIC_PROMPTS) expect(readMagicPrompt(prompt)).toBeTypeOf('object');
  expect(readMagicPrompt('test:slow:60')).toEqual({ kind: 'slow', seconds: 60 });
  expect(readMagicPrompt('test:flaky:2')).toEqual({ kind: 'flaky', failureCount: 2 });
});

test('ordinary words are none', () => {
  for (const prompt of ['an elf', 'test', 'test: an elf', 'a test:succeed', '']) {
    expect(readMagicPrompt(prompt), prompt).toBeNull();
  }
});

test('what only looks like one is told, not made into a head', () => {
  const prompts = [
    'test:suceed',
    'test:slow',
    'test:slow:0',
    'test:slow:3601',
    'test:slow:1:2',
    'test:slow:1e3',
    'test:flaky:-1',
    'test:fail',
    'test:fail:other',
    'test:reject:x',
    'test:expire:5',
  ];
  for (const prompt of prompts) expect(readMagicPrompt(prompt), prompt).toBe('unknown');
});
