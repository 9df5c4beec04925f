import type { Progress } from '@headwright/shared/runner/progress';
import { expect, test } from 'vitest';
import { createProgressMeter } from './progress.ts';

test('the fraction adds up over stages by their shares and the remaining time follows it', () => {
  let nowMs = 0;
  const seen: Progress[] = [];
  const shares = { prepare: 1, geometry: 4, texture: 4, export: 1 };
  const meter = createProgressMeter(
    shares,
    () => nowMs,
    (progress) => seen.push(progress),
  );
  meter.report('prepare', 0, 1);
  nowMs = 10_000;
  meter.report('prepare', 1, 1);
  nowMs = 30_000;
  meter.report('geometry', 50, 100);
  nowMs = 100_000;
  meter.report('export', 1, 1);
  expect(seen.map((p) => p.fraction)).toEqual([0, 0.1, 0.3, 1]);
  expect(seen.map((p) => p.eta_s)).toEqual([null, 90, 70, 0]);
  expect(seen[2]).toMatchObject({ stage: 'geometry', stage_index: 1, stage_count: 4, step: 50, of: 100 });
  expect(meter.secondsPerStage()).toEqual({ prepare: 10, geometry: 20, export: 70 });
});

test('a head that goes on counts the seconds of its earlier runs, in the sums and in the remaining time', () => {
  let nowMs = 500_000;
  const seen: Progress[] = [];
  const meter = createProgressMeter(
    { prepare: 0, geometry: 5, texture: 5, export: 0 },
    () => nowMs,
    (progress) => seen.push(progress),
    { prepare: 5, geometry: 45 },
  );
  nowMs += 10_000;
  meter.report('geometry', 100, 100);
  expect(seen[0]).toMatchObject({ fraction: 0.5, eta_s: 60 });
  expect(meter.secondsPerStage()).toEqual({ prepare: 5, geometry: 55 });
});
