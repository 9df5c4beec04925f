import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openLossLog } from './loss-log.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'loss-log-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const row = (step: number, heldOut: Record<string, number> = {}) => ({
  step,
  loss: 1 / step,
  gradientNorm: 2,
  learningRate: 0.001,
  secondsPerStep: 0.5,
  heldOut,
});

test('what was written is read again, but for lines after the checkpoint that the training continues from', async () => {
  const log = openLossLog(folder, 'Title', 0);
  for (const added of [row(10), row(20, { all: 0.5, photo: 0.25 }), row(30)]) log.add(added);
  await log.write();
  expect(openLossLog(folder, 'Title', 20).rows).toEqual([row(10), row(20, { all: 0.5, photo: 0.25 })]);
});

test('the curves name every loss with its last value', async () => {
  const log = openLossLog(folder, 'UNet & ControlNet', 0);
  for (const added of [row(10, { photo: 0.5 }), row(20, { photo: 0.25 })]) log.add(added);
  await log.write();
  const svg = readFileSync(join(folder, 'loss.svg'), 'utf8');
  expect(svg).toContain('UNet &amp; ControlNet');
  expect(svg).toContain('training 0.0500');
  expect(svg).toContain('photo 0.250');
  expect(svg).not.toMatch(/NaN|undefined|Infinity/);
});
