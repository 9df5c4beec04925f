import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { TeacherManifest } from './teacher-manifest.ts';
import { unknownWords } from './unknown-words.ts';

const { domains, knownWords } = TeacherManifest.parse(
  JSON.parse(readFileSync(new URL('../../../../models/starter/teacher.json', import.meta.url), 'utf8')),
);

test.each([
  ['a green orc with horns', []],
  ['a head of Batman riding a bicycle', ['batman', 'riding', 'bicycle']],
  ['A DSLR portrait of a middle-aged woman, with shoulder-length blond hair, smiling, front view', []],
  ['a horned, bearded man with blonde hair and grey eyes', []],
  ["an orc's horns; seven men", ['seven']],
  ['a plumber, a PLUMBER, and a dentist', ['plumber', 'dentist']],
  ['ein Mädchen 少女', ['ein', 'mädchen', '少女']],
  ['', []],
])('%j names %j', (prompt, expected) => {
  expect(unknownWords(prompt, knownWords)).toEqual(expected);
});

test("the teacher's own negative prompts are made of known words", () => {
  for (const { negativePrompt } of [domains.photo, domains.normals]) {
    expect(unknownWords(negativePrompt.replace('{view}', 'back view'), knownWords)).toEqual([]);
  }
});

test('a teacher that lists no words knows words in general', () => {
  expect(unknownWords('a plumber, a dentist', { words: [], stopWords: [] })).toEqual([]);
});
