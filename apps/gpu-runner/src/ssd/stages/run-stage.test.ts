import { expect, test } from 'vitest';
import { runStage, type StageWork } from './run-stage.ts';

function countingWork(rms: (step: number) => number = () => 1): StageWork & { steps: number[] } {
  const steps: number[] = [];
  return {
    steps,
    takeStep: async (step) => {
      steps.push(step);
      return rms(step);
    },
    drawPicture: async () => ({ image: new Float32Array(3), size: 1 }),
  };
}

test('every step is taken once, in order, and reported', async () => {
  const work = countingWork();
  const reports: number[] = [];
  await runStage({ steps: 3, onStep: ({ step, of }) => void reports.push(step, of) }, work);
  expect(work.steps).toEqual([0, 1, 2]);
  expect(reports).toEqual([1, 3, 2, 3, 3, 3]);
});

test('an aborted stage takes no further step and throws the reason', async () => {
  const controller = new AbortController();
  const work = countingWork();
  const run = runStage(
    {
      steps: 10,
      signal: controller.signal,
      onStep: ({ step }) => {
        if (step === 2) controller.abort(new Error('the customer canceled'));
      },
    },
    work,
  );
  await expect(run).rejects.toThrow('the customer canceled');
  expect(work.steps).toEqual([0, 1]);
});

test('a gradient that is no number stops the stage and names the step', async () => {
  const work = countingWork((step) => (step === 4 ? Number.NaN : 1));
  await expect(runStage({ steps: 10 }, work)).rejects.toThrow('got NaN in step 5 of 10');
});
