import { describe, expect, it } from 'vitest';
import { isHeldOut } from '../dataset/held-out.ts';
import { EVALUATION_GRID, gridPrompt, traitsOfPrompt } from './grid.ts';
import { evaluationSet } from './evaluation-set.ts';
import { answersOf, judgedTraits, QUESTIONS } from './judged-traits.ts';

describe('evaluationSet', () => {
  const items = evaluationSet(20);

  it('asks for combinations that the data set shows and for every pair that it holds out', () => {
    for (const { combination, traits } of items) expect(isHeldOut(traits)).toBe(combination === 'held-out');
    expect(items).toHaveLength(40);
  });

  it('asks for something in every prompt, and says it', () => {
    for (const { asked, prompt } of items) {
      expect(asked.length).toBeGreaterThan(0);
      expect(prompt).not.toMatch(/[{}]|undefined| {2}/);
    }
    const pair = items.find(({ name }) => name === 'held-out-0');
    expect(pair?.prompt).toContain('blue afro');
    expect(pair?.asked).toEqual(['hair', 'hairColor']);
  });

  it('asks the same each time', () => {
    expect(evaluationSet(3)).toEqual(evaluationSet(3));
  });
});

describe('grid', () => {
  it('asks every prompt for values that a head could have', () => {
    for (const prompt of EVALUATION_GRID) {
      const visible = judgedTraits({ kind: 'photo', view: 'front', traits: traitsOfPrompt(prompt) });
      expect(visible).toEqual(expect.arrayContaining(Object.keys(prompt.traits)));
    }
  });

  it('knows its prompts in any frame of words, and no others', () => {
    expect(gridPrompt('a head of a clown')?.prompt).toBe('a clown');
    expect(gridPrompt('A DSLR portrait of a blue alien')?.traits.character).toContain('alien');
    expect(gridPrompt('a teapot')).toBeUndefined();
  });
});

describe('answersOf', () => {
  const [{ traits }] = evaluationSet(1);
  const answer = (picture: Parameters<typeof answersOf>[0], name: string): number =>
    answersOf(picture)[QUESTIONS.findIndex((question) => question.name === name)];

  it('asks a spoiled picture for nothing but its being spoiled', () => {
    const own = answersOf({ kind: 'photo', view: 'front', traits, defect: 'blur' });
    expect([...own].filter((value) => value >= 0)).toEqual([1]);
  });

  it('asks normal maps for no colors and back views for no face', () => {
    const haired = {
      ...traits,
      hair: 'long',
      hairColor: 'red',
      headwear: 'none',
      material: 'flesh',
    } as const;
    const good = { traits: haired, defect: null };
    expect(answer({ ...good, kind: 'photo', view: 'front' }, 'hairColor')).toBeGreaterThanOrEqual(0);
    expect(answer({ ...good, kind: 'normals', view: 'front' }, 'hairColor')).toBe(-1);
    expect(answer({ ...good, kind: 'photo', view: 'back' }, 'expression')).toBe(-1);
  });
});
