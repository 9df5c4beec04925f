import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { keptCheckpoint } from './kept-checkpoint.ts';

const wish = { prompt: 'an orc', seed: 1, preset: 'draft' };
let folder = '';
let made = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'headwright-test-'));
  made = join(mkdtempSync(join(tmpdir(), 'headwright-test-')), '.checkpoint');
});

test('the newest checkpoint lies hidden beside the output folder, and nothing else does', () => {
  const kept = keptCheckpoint(join(folder, 'orc'), wish);
  expect(kept.exists()).toBe(false);
  for (const content of ['first', 'second']) {
    writeFileSync(made, content);
    kept.keep(made);
    expect(readFileSync(kept.path, 'utf8')).toBe(content);
  }
  expect(readdirSync(folder)).toEqual([basename(kept.path)]);
  expect(basename(kept.path)).toMatch(/^\.orc\.[0-9a-f]{12}\.checkpoint$/);
});

test('the same wish finds it again, another wish for the same folder does not', () => {
  writeFileSync(made, 'half an orc');
  keptCheckpoint(join(folder, 'orc'), wish).keep(made);
  expect(keptCheckpoint(join(folder, 'orc'), { ...wish }).exists()).toBe(true);
  expect(keptCheckpoint(join(folder, 'orc'), { ...wish, preset: 'standard' }).exists()).toBe(false);
  expect(keptCheckpoint(join(folder, 'elf'), wish).exists()).toBe(false);
});

test('removed, it is gone; there may have been none', () => {
  const kept = keptCheckpoint(join(folder, 'orc'), wish);
  kept.remove();
  writeFileSync(made, 'half an orc');
  kept.keep(made);
  kept.remove();
  expect(readdirSync(folder)).toEqual([]);
});
