import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ROOT } from '../../scripts/wrangler.ts';
import { startMarked } from '../harness/marked-process.ts';

// `npm run evaluate` as a person types it, as far as it goes without hours of making heads.

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'headwright-evaluate-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function evaluate(...args: string[]) {
  return startMarked('node', ['scripts/launch.mjs', 'evaluate', ...args], ROOT);
}

describe('npm run evaluate', () => {
  test('--report-only writes one page of all variants and prompts and makes nothing', async () => {
    const prompts = join(folder, 'prompts.txt');
    const out = join(folder, 'out');
    await writeFile(prompts, 'a clown\nan elf & a dwarf\n');
    const run = evaluate(
      '--report-only',
      '--prompts',
      prompts,
      '--out',
      out,
      '--only',
      'ssd',
      '--only',
      'vsd',
    );
    expect(await run.outcome()).toMatchObject({ status: 0 });
    expect(run.output()).toContain('0 of 4 heads');
    const page = await readFile(join(out, 'report.html'), 'utf8');
    expect(page).toContain('an elf &amp; a dwarf');
    expect(page.match(/not made yet/g)).toHaveLength(4);
    const cells: unknown = JSON.parse(await readFile(join(out, 'report.json'), 'utf8'));
    expect(cells).toMatchObject([
      { variant: 'ssd', prompt: 'a clown' },
      { variant: 'vsd', prompt: 'a clown' },
      { variant: 'ssd', prompt: 'an elf & a dwarf' },
      { variant: 'vsd', prompt: 'an elf & a dwarf' },
    ]);
  });

  test('refuses by name: a variant, a prompts file, a CLIP folder', async () => {
    const refusals: readonly (readonly [string[], string])[] = [
      [['--only', 'ssdd'], '--only'],
      [['--prompts', join(folder, 'none.txt')], '--prompts'],
      [['--clip', folder], 'expected a CLIP model'],
      [['tally'], 'expected CSV files'],
    ];
    for (const [args, words] of refusals) {
      const run = evaluate(...args, '--out', join(folder, 'out'));
      expect(await run.outcome()).toMatchObject({ status: 1 });
      expect(run.output()).toContain(words);
    }
  });
});
