import { describe, expect, test } from 'vitest';
import { createRandom } from '../../tensor/random.ts';
import { createAdamW, stepAdamW } from '../optimizer/adamw.ts';
import { CheckpointRefusal } from '../state/checkpoint.ts';
import type { StageSnapshot } from '../state/stage-snapshot.ts';
import { learnedState } from './learned-state.ts';
import { runStage, type StageRun, type StageWork, type StepTerms } from './run-stage.ts';

/** One parameter under AdamW that is pulled about by noise; `rms` says what a step tells, by its number and attempt. */
function noisyWork(rms: (step: number, terms: StepTerms, attempt: number) => number = () => 1): StageWork & {
  readonly steps: number[];
  readonly rates: number[];
  readonly parameters: Float32Array;
} {
  const parameters = Float32Array.of(0.5);
  const optimizer = createAdamW(1);
  const steps: number[] = [];
  const rates: number[] = [];
  return {
    steps,
    rates,
    parameters,
    learned: learnedState({ parameter: { parameters, optimizer } }),
    takeStep: async (step, terms) => {
      const gradientRms = rms(step, terms, steps.filter((taken) => taken === step).length);
      steps.push(step);
      const learningRate = 0.1 * terms.learningRateScale;
      rates.push(learningRate);
      const gradient = Float32Array.of(gradientRms * terms.random.normal());
      stepAdamW(optimizer, parameters, gradient, [{ start: 0, end: 1, learningRate }]);
      return { gradientRms, gradientNorm: Math.abs(gradient[0]), learningRate, timesteps: [40, 312] };
    },
    drawPicture: async () => ({ image: new Float32Array(3), size: 1 }),
  };
}

const run = (changes: Partial<StageRun> = {}): StageRun => ({
  name: 'geometry',
  steps: 10,
  random: createRandom(1),
  ...changes,
});

test('every step is taken once, in order, and reported', async () => {
  const work = noisyWork();
  const reports: number[] = [];
  await runStage(run({ steps: 3, onStep: ({ step, of }) => void reports.push(step, of) }), work);
  expect(work.steps).toEqual([0, 1, 2]);
  expect(reports).toEqual([1, 3, 2, 3, 3, 3]);
});

test('an aborted stage takes no further step and throws the reason', async () => {
  const controller = new AbortController();
  const work = noisyWork();
  const stage = run({
    signal: controller.signal,
    onStep: ({ step }) => {
      if (step === 2) controller.abort(new Error('the customer canceled'));
    },
  });
  await expect(runStage(stage, work)).rejects.toThrow('the customer canceled');
  expect(work.steps).toEqual([0, 1]);
});

describe('snapshots', () => {
  test('come at multiples of the interval and after the last step, and later steps do not change them', async () => {
    const snapshots: StageSnapshot[] = [];
    const values: number[] = [];
    const work = noisyWork();
    const onCheckpoint = (snapshot: StageSnapshot): void => {
      snapshots.push(snapshot);
      values.push(work.parameters[0]);
    };
    await runStage(run({ checkpointEvery: 4, onCheckpoint }), work);
    expect(snapshots.map(({ step }) => step)).toEqual([4, 8, 10]);
    expect(snapshots.map(({ arrays }) => arrays.parameter[0])).toEqual(values);
  });

  test('a stage that goes on from any of them ends with the same bits as one that never stopped', async () => {
    const snapshots: StageSnapshot[] = [];
    const whole = noisyWork();
    await runStage(run({ checkpointEvery: 3, onCheckpoint: (one) => void snapshots.push(one) }), whole);
    expect(snapshots).toHaveLength(4);
    for (const resume of snapshots) {
      const rest = noisyWork();
      await runStage(run({ checkpointEvery: 3, resume }), rest);
      expect(rest.steps).toEqual(whole.steps.slice(resume.step));
      expect(rest.parameters).toEqual(whole.parameters);
      expect(rest.learned.arrays).toEqual(whole.learned.arrays);
    }
  });

  test('of something else are refused by array', async () => {
    const resume = (arrays: StageSnapshot['arrays']): Promise<void> =>
      runStage(run({ resume: { step: 1, learningRateScale: 1, arrays } }), noisyWork());
    await expect(resume({ table: new Float32Array(1) })).rejects.toThrow(
      'expected a snapshot of parameter, parameter/mean, parameter/variance, got table',
    );
    const two = new Float32Array(2);
    await expect(
      resume({ parameter: two, 'parameter/mean': two, 'parameter/variance': two }),
    ).rejects.toThrow('parameter: expected 1 numbers, got 2');
    await expect(resume({})).rejects.toThrow(CheckpointRefusal);
  });
});

describe('a gradient that is no number', () => {
  test('once: the stage goes on from its last snapshot, at half the learning rate and with other draws', async () => {
    const reports: string[] = [];
    const draws = new Map<string, number>();
    const work = noisyWork((step, { random, learningRateScale }, attempt) => {
      draws.set(`${step} at ${learningRateScale}`, random.fork('look').uniform());
      return step === 4 && attempt === 0 ? Number.NaN : 1;
    });
    await runStage(run({ steps: 6, checkpointEvery: 3, onRetry: (text) => void reports.push(text) }), work);
    expect(work.steps).toEqual([0, 1, 2, 3, 4, 3, 4, 5]);
    expect(work.rates).toEqual([0.1, 0.1, 0.1, 0.1, 0.1, 0.05, 0.05, 0.05]);
    expect(draws.get('3 at 1')).not.toBe(draws.get('3 at 0.5'));
    expect(work.parameters.every(Number.isFinite)).toBe(true);
    expect(reports).toEqual([
      'geometry: expected finite numbers, got a latent gradient of NaN in step 5 of 6' +
        ' (latent RMS NaN, gradient norm NaN, learning rate 0.1, timesteps 40, 312);' +
        ' going on from step 3 at 0.5 of the learning rate',
    ]);
  });

  test('twice: the stage fails and tells both steps', async () => {
    const work = noisyWork((step) => (step === 4 ? Number.POSITIVE_INFINITY : 1));
    await expect(runStage(run({ checkpointEvery: 3 }), work)).rejects.toThrow(
      /^runStage: geometry: .* got a latent gradient of Infinity in step 5 of 10 .*learning rate 0\.05.* after a retry at 0\.5 of the learning rate \(.*learning rate 0\.1/,
    );
    expect(work.steps).toEqual([0, 1, 2, 3, 4, 3, 4]);
  });

  test('in the parameters alone: it is found before they are kept', async () => {
    const work = noisyWork();
    const onStep = (): void => {
      if (work.steps.length === 5) work.parameters[0] = Number.NaN;
    };
    const snapshots: StageSnapshot[] = [];
    const stage = run({ checkpointEvery: 4, onStep, onCheckpoint: (one) => void snapshots.push(one) });
    await runStage(stage, work);
    expect(snapshots.every(({ arrays }) => arrays.parameter.every(Number.isFinite))).toBe(true);
    expect(snapshots.map(({ step, learningRateScale }) => [step, learningRateScale])).toEqual([
      [4, 1],
      [8, 0.5],
      [10, 0.5],
    ]);
  });

  test('after a retry in an earlier run: the retry is remembered', async () => {
    const snapshots: StageSnapshot[] = [];
    const whole = noisyWork((step, _, attempt) => (step === 2 && attempt === 0 ? Number.NaN : 1));
    await runStage(run({ checkpointEvery: 4, onCheckpoint: (one) => void snapshots.push(one) }), whole);
    const rest = noisyWork();
    await runStage(run({ resume: snapshots[0] }), rest);
    expect(rest.parameters).toEqual(whole.parameters);
    const failing = noisyWork((step) => (step === 6 ? Number.NaN : 1));
    await expect(runStage(run({ resume: snapshots[0] }), failing)).rejects.toThrow(
      'in a run before this one',
    );
  });
});
