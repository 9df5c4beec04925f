import { describe, expect, it } from 'vitest';
import { PRESET_SETTINGS } from '../../ssd/config.ts';
import { replaceSettings } from '../../ssd/replace-settings.ts';
import { samplesOf, withEqualSamples } from './equal-samples.ts';
import { type CellPlan, planCells } from './plan-cells.ts';
import { DEFAULT_PROMPTS, distractorsOf, PAPER_PROMPTS, parsePrompts } from './prompts.ts';
import { VARIANTS } from './variants.ts';

const plan: CellPlan = {
  variants: VARIANTS,
  sets: [{ name: 'own', prompts: DEFAULT_PROMPTS }],
  seeds: [0, 1],
  preset: 'draft',
  base: PRESET_SETTINGS.draft,
  models: { teacher: 'a'.repeat(64), headTemplate: 'b'.repeat(64) },
  guidanceFactors: {},
  guidanceScales: { geometry: 15, texture: 7.5 },
};

describe('planCells', () => {
  const cells = planCells(plan);

  it('gives every variant the same samples to within one step, and the same prompts and seeds', () => {
    expect(cells).toHaveLength(VARIANTS.length * 6 * 2);
    const [{ samples }] = cells;
    for (const cell of cells) expect(Math.abs(cell.samples / samples - 1)).toBeLessThan(0.01);
    expect(new Set(cells.map(({ digest }) => digest)).size).toBe(cells.length);
  });

  it('names a head by what decides it: the same again, another by prompt, seed, settings, teacher or template', () => {
    const digestOf = (changes: Partial<CellPlan>): string => planCells({ ...plan, ...changes })[0].digest;
    const [{ digest }] = cells;
    expect(digestOf({})).toBe(digest);
    const { geometry } = plan.base;
    const reordered = Object.fromEntries(Object.entries(geometry).toReversed()) as typeof geometry;
    expect(digestOf({ base: { ...plan.base, geometry: reordered } })).toBe(digest);
    const others = [
      digestOf({ sets: [{ name: 'own', prompts: ['a robot'] }] }),
      digestOf({ seeds: [2] }),
      digestOf({ base: replaceSettings(plan.base, { texture: { anchor: 0.3 } }) }),
      digestOf({ models: { ...plan.models, teacher: 'c'.repeat(64) } }),
      digestOf({ models: { ...plan.models, headTemplate: 'c'.repeat(64) } }),
      digestOf({ guidanceFactors: { ssd: 2 } }),
    ];
    expect(new Set([digest, ...others]).size).toBe(others.length + 1);
  });

  it("scales the teacher's own guidance where a tuning has found better, for that variant alone", () => {
    const tuned = planCells({ ...plan, guidanceFactors: { sds: 2 } });
    const settingsOf = (name: string) => tuned.find(({ variant }) => variant.name === name)?.settings;
    expect(settingsOf('sds')?.geometry.guidanceScale).toBe(30);
    expect(settingsOf('sds')?.texture.guidanceScale).toBe(15);
    expect(settingsOf('ssd')?.geometry.guidanceScale).toBe(plan.base.geometry.guidanceScale);
  });
});

describe('withEqualSamples', () => {
  it('shortens stages of dearer estimates and ends their schedules with them', () => {
    const { draft } = PRESET_SETTINGS;
    const base = replaceSettings(draft, {
      geometry: { steps: 180, learningRate: [20, 2e-3, 3e-4, 180] },
    });
    const paper = withEqualSamples(replaceSettings(base, { geometry: { estimate: 'ssd-paper' } }), base);
    expect(paper.geometry.steps).toBe(120);
    expect(paper.geometry.learningRate).toEqual([13, 2e-3, 3e-4, 120]);
    expect(paper.texture).toEqual(base.texture);
    expect(samplesOf(paper)).toBe(samplesOf(base));
  });
});

describe('replaceSettings', () => {
  it('refuses fields that no preset has, by name', () => {
    const overrides = { geometry: { stpes: 3 } } as object;
    expect(() => replaceSettings(PRESET_SETTINGS.smoke, overrides)).toThrow(
      'geometry.stpes: expected one of',
    );
  });
});

describe('prompts', () => {
  it('are read a line each, once each', () => {
    expect(parsePrompts('# mine\n\n a clown \nan elf\r\n')).toEqual(['a clown', 'an elf']);
    expect(() => parsePrompts('# none\n')).toThrow('expected a prompt a line');
    expect(() => parsePrompts('a clown\na clown')).toThrow('"a clown" twice');
  });

  it('are told from those of their set, and an operator’s few from the grid’s too', () => {
    expect(distractorsOf({ name: 'paper', prompts: PAPER_PROMPTS })).toEqual(PAPER_PROMPTS);
    const own = distractorsOf({ name: 'own', prompts: ['a dwarf', 'a clown'] });
    expect(own[0]).toBe('a dwarf');
    expect(own.filter((prompt) => prompt === 'a clown')).toHaveLength(1);
    expect(own).toHaveLength(13);
  });
});
