import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PRESET_SETTINGS } from '../../ssd/config.ts';
import { EVALUATION_VIEWS } from './evaluation-views.ts';
import { LORA_LOSSES_FILE, loraCurves } from './lora-losses.ts';
import { planCells } from './plan-cells.ts';
import { reportHtml } from './report-html.ts';
import { tableMarkdown } from './report-table.ts';
import { type CellResult, janusCount, summaryTables } from './summary-tables.ts';
import { bestFactors, trialOf } from './tune-guidance.ts';
import { VARIANTS } from './variants.ts';

/** Faces in the views of these names, with a landmark error of 0.1. */
function facesIn(...names: string[]) {
  const views = EVALUATION_VIEWS.map(({ name }) => {
    const found = names.includes(name);
    return { found, score: found ? 0.8 : null, landmarkError: found ? 0.1 : null };
  });
  return { views };
}

const cells = planCells({
  variants: VARIANTS.filter(({ name }) => name === 'ssd' || name === 'vsd'),
  sets: [{ name: 'own', prompts: ['a <b>clown</b>', 'an elf'] }],
  seeds: [0],
  preset: 'smoke',
  base: PRESET_SETTINGS.smoke,
  models: { teacher: '', headTemplate: '' },
  guidanceFactors: {},
  guidanceScales: { geometry: 15, texture: 7.5 },
});

const mesh = {
  triangles: 200,
  intersectingTriangles: 10,
  floaters: 1,
  floaterShare: 0.1,
  openEdges: 0,
  pinchedEdges: 3,
  watertight: true,
};
const results: CellResult[] = cells.map((cell, n) => ({
  cell,
  failure: n === 1 ? 'no such form' : null,
  made:
    n === 1
      ? null
      : {
          seconds: 100,
          sideIou: 0.9,
          directory: '',
          measures: {
            faces: n === 0 ? facesIn('front', 'back') : facesIn('front', 'left 30°'),
            recall: { rank: n + 1, of: 12, errors: {} },
            saturation: { mean: 0.4, vividShare: 0.01 },
            mesh: { ...mesh, watertight: n === 0 },
            attributes: { asked: 4, right: n },
            clip: null,
            thumbnails: EVALUATION_VIEWS.map(() => 'AQID'),
          },
        },
}));

describe('janusCount', () => {
  it('counts faces behind only where one is in front', () => {
    const faces = [facesIn('front', 'back'), facesIn('back'), facesIn('right 30°'), facesIn('left 60°')];
    expect(janusCount(faces)).toEqual({ faced: 2, janus: 1 });
  });
});

describe('summaryTables', () => {
  const [faces, words, meshes] = summaryTables(results);

  it('has a row a variant, with counts by view and the error of the faces found', () => {
    expect(faces.columns.slice(0, 3)).toEqual(['variant', 'front', 'left 30°']);
    expect(faces.rows[0].slice(0, 4)).toEqual(['SSD as delivered', '2/2 · 0.10', '1/2 · 0.10', '0/2']);
  });

  it('sums up words, color, mesh, time and samples, and leaves empty what was not measured', () => {
    expect(words.rows[0].slice(1)).toEqual([
      '1/2',
      '50 % of 2',
      '2.0 of 12',
      '25 % of 8',
      '',
      '',
      '0.40',
      '1.00 %',
    ]);
    const samples = String(cells[0].samples);
    expect(meshes.rows[0].slice(1)).toEqual([
      '2 of 2',
      '0',
      '50 % of 2',
      '3.0',
      '5.00 %',
      '1.0',
      '0.90',
      '100',
      samples,
    ]);
    expect(meshes.rows[1].slice(1, 3)).toEqual(['1 of 2', '1']);
  });

  it('is Markdown whose lines all have the same number of columns', () => {
    const lines = tableMarkdown(words).split('\n').slice(2);
    expect(new Set(lines.map((line) => line.split('|').length)).size).toBe(1);
  });
});

describe('reportHtml', () => {
  const page = reportHtml({ teacher: 'tiny', preset: 'smoke', seeds: [0] }, [
    { title: 'Prompts', tables: summaryTables(results), results },
  ]);

  it('shows every head and why one is missing, and takes prompts as text', () => {
    expect(page.match(/<img /g)).toHaveLength(3 * EVALUATION_VIEWS.length);
    expect(page).toContain('failed: no such form');
    expect(page).toContain('a &lt;b&gt;clown&lt;/b&gt;');
    expect(page).not.toContain('<b>clown');
  });

  it('loads nothing', () => {
    expect(page).not.toMatch(/https?:|<script|<link|@import/);
    for (const [, source] of page.matchAll(/src="([^"]*)"/g))
      expect(source).toMatch(/^data:image\/jpeg;base64,/);
  });
});

describe('loraCurves', () => {
  it('draws a curve a stage of the means of its windows', () => {
    // Every two steps have the mean of a line that falls from 2 by 1/30.
    const geometry = Array.from({ length: 60 }, (_, n) => 2 - (n >> 1) / 30 + (n % 2 === 0 ? 0.5 : -0.5));
    const [curve, ...others] = loraCurves({ geometry, texture: [] });
    expect(others).toEqual([]);
    expect(curve).toContain('geometry, means of 2 steps: 1.917 → 1.117');
    expect(curve).toContain('training 1.03');
  });

  it('stand in the report below the head they were made with', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'lora-losses-'));
    await writeFile(join(directory, LORA_LOSSES_FILE), '{"geometry":[0.5,0.4],"texture":[0.3,0.2,0.1]}');
    const [result] = results;
    const own = [{ ...result, made: result.made && { ...result.made, directory } }];
    const page = reportHtml({ teacher: 'tiny', preset: 'smoke', seeds: [0] }, [
      { title: 'Prompts', tables: [], results: own },
    ]);
    expect(page.match(/<svg /g)).toHaveLength(2);
    expect(page).toContain('texture, means of 1 steps: 0.300 → 0.100');
    await rm(directory, { recursive: true });
  });
});

describe('tuning', () => {
  it('waits for all heads of a trial, and prefers attributes, then ranks', () => {
    expect(trialOf(2, [results[0], results[1]])).toBeNull();
    expect(trialOf(2, [results[0], results[2]])).toEqual({
      variant: 'ssd',
      factor: 2,
      attributes: 0.25,
      meanRank: 2,
    });
    const trial = (variant: string, factor: number, attributes: number, meanRank: number) => ({
      variant,
      factor,
      attributes,
      meanRank,
    });
    const trials = [
      trial('ssd', 0.5, 0.5, 1),
      trial('ssd', 1, 0.6, 3),
      trial('ssd', 2, 0.6, 2),
      trial('sds', 2, 0, 9),
    ];
    expect(bestFactors(trials)).toEqual({ ssd: 2, sds: 2 });
  });
});
