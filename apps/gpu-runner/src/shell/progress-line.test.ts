import type { Progress } from '@headwright/shared/runner/progress';
import { describe, expect, test } from 'vitest';
import { createProgressLine, formatDuration, formatProgress } from './progress-line.ts';

const at = (step: number, etaS: number | null = null): Progress => ({
  stage: 'texture',
  stage_index: 2,
  stage_count: 4,
  step,
  of: 200,
  fraction: step / 200,
  eta_s: etaS,
});

describe('createProgressLine', () => {
  test('rewrites one line on a terminal', () => {
    const written: string[] = [];
    const line = createProgressLine({ isTTY: true, write: (text) => written.push(text) });
    for (const step of [1, 2, 3]) line.show(at(step));
    line.end();
    expect(written.join('').split('\n')).toHaveLength(2);
    expect(written.join('').split('\r')).toHaveLength(4);
  });

  test('writes a line each 10 % elsewhere', () => {
    const written: string[] = [];
    const line = createProgressLine({ write: (text) => written.push(text) });
    for (let step = 0; step <= 200; step++) line.show(at(step));
    line.end();
    expect(written).toHaveLength(11);
    expect(written.every((text) => text.endsWith('\n'))).toBe(true);
  });
});

test('formatProgress names stage, step and time left', () => {
  expect(formatProgress(at(100, 80))).toBe('texture 100/200 · 50 % · about 1 min 20 s left');
  expect(formatProgress(at(100))).toBe('texture 100/200 · 50 %');
});

test('formatDuration never shows 60 seconds', () => {
  expect([0.2, 59.2, 60, 119.5].map(formatDuration)).toEqual(['1 s', '1 min 0 s', '1 min 0 s', '2 min 0 s']);
});
