import { describe, expect, it } from 'vitest';
import { evaluationSet } from './evaluation-set.ts';
import { EVALUATION_GRID, traitsOfPrompt } from './grid.ts';
import { janusRate } from './judge-heads.ts';
import { judgePicture, verdictWords } from './judge-picture.ts';
import type { JudgedTrait } from './judged-traits.ts';
import { type JudgedCell, samplesReport } from './samples-report.ts';
import { createTally, tallyTable } from './tally.ts';

describe('judgePicture', () => {
  const oldMan = EVALUATION_GRID[2];
  const traits = traitsOfPrompt(oldMan);
  const asked = new Map(Object.entries(oldMan.traits) as [JudgedTrait, readonly string[]][]);
  const answers = new Map([
    ['gender', 'male'],
    ['age', 'young'],
    ['hairColor', 'gray'],
    ['beard', 'full beard'],
  ]);

  it('accepts each value that the prompt may mean and says what else it saw', () => {
    const verdicts = judgePicture({ answers }, { traits, view: 'front', asked });
    expect(Object.fromEntries(verdicts.map(({ trait, right }) => [trait, right]))).toEqual({
      gender: true,
      age: false,
      hairColor: true,
      beard: true,
    });
    expect(verdictWords(verdicts)).toContain('✗ old: young');
  });

  it('asks no back view for what only a face shows', () => {
    const verdicts = judgePicture({ answers }, { traits, view: 'back', asked });
    expect(verdicts.map(({ trait }) => trait)).not.toContain('beard');
  });
});

describe('janusRate', () => {
  it('counts faces behind only where one is in front', () => {
    const head = (front: string, back: string) => ({
      views: [
        { view: 'front', png: new Uint8Array(), verdicts: [], seenAs: front } as const,
        { view: 'back', png: new Uint8Array(), verdicts: [], seenAs: back } as const,
      ],
    });
    const heads = [head('front', 'front'), head('front', 'back'), head('back', 'front')];
    expect(janusRate(heads)).toEqual({ faced: 2, janus: 1 });
  });
});

describe('samplesReport', () => {
  it("counts as legible what is found in the data set's own picture of the same head and side", () => {
    const [item] = evaluationSet(1);
    const cell = (found: Partial<Record<JudgedTrait, boolean>>): JudgedCell => ({
      item,
      view: 'front',
      png: new Uint8Array(),
      seenAs: 'front',
      seemsBad: false,
      verdicts: Object.entries(found).map(([trait, right]) => ({
        // The keys of `found`.
        trait: trait as JudgedTrait,
        wanted: [''],
        found: '',
        right,
      })),
    });
    const rendered = [cell({ age: false, gender: true, hair: true })];
    const samples = [cell({ age: true, gender: true, hair: false })];
    const { all } = samplesReport(samples, rendered).counts.attributes;
    expect(all['seen, samples']).toEqual({ asked: 3, right: 2 });
    expect(all['seen, legible']).toEqual({ asked: 2, right: 1 });
  });
});

describe('tallyTable', () => {
  it('states shares by attribute with all of them last, and leaves out what was not asked', () => {
    const tally = createTally();
    tally.add('hair', 'seen', true);
    tally.add('hair', 'seen', false);
    tally.add('age', 'held-out', true);
    expect(tallyTable(tally, ['seen', 'held-out']).split('\n').slice(2)).toEqual([
      '| hair | 50 % of 2 |  |',
      '| age |  | 100 % of 1 |',
      '| all | 50 % of 2 | 100 % of 1 |',
    ]);
  });
});
