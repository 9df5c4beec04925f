import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { TeacherManifest } from './teacher-manifest.ts';
import { unknownWords } from './unknown-words.ts';

const { knownWords } = TeacherManifest.parse(
  JSON.parse(readFileSync(new URL('../../../../models/starter/teacher.json', import.meta.url), 'utf8')),
);

test.each([
  ['a green orc with horns', []],
  ['a head of Batman riding a bicycle', ['batman', 'riding', 'bicycle']],
  ['A DSLR portrait of a middle-aged woman, with shoulder-length blond hair, smiling, front view', []],
  ['a horned, bearded man with blonde hair and grey eyes', []],
  ["an orc's horns; two men", ['two']],
  ['a pirate, a PIRATE, and a knight', ['pirate', 'knight']],
  ['ein Mädchen 少女', ['ein', 'mädchen', '少女']],
  ['', []],
])('%j names %j', (prompt, expected) => {
  expect(unknownWords(prompt, knownWords)).toEqual(expected);
});

test("the teacher's own negative prompts are made of known words", () => {
  expect(
    unknownWords('a head, oversaturated, flat colors, low quality, back view, normal map', knownWords),
  ).toEqual([]);
});
