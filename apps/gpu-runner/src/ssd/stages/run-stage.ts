import type { RandomStream } from '../../tensor/random.ts';
import { CheckpointRefusal } from '../state/checkpoint.ts';
import type { StageSnapshot } from '../state/stage-snapshot.ts';
import type { LearnedState } from './learned-state.ts';

/** Pictures for people: their side in pixels, and from where they look: a little from the subject's left. */
export const PICTURE_SIZE = 256;
export const PICTURE_AZIMUTH_RAD = 0.4;

/** A square picture [size, size, 3] in [0, 1]. */
export interface Picture {
  readonly image: Float32Array;
  readonly size: number;
}

/** What a running stage tells, once a step. */
export interface StepReport {
  /** Steps done, of how many. */
  readonly step: number;
  readonly of: number;
  /** Root mean square of the step's latent gradient. */
  readonly gradientRms: number;
  /** Renders the head as it is now; asked for now and then, so it is drawn only then. */
  picture(): Promise<Picture>;
}

/** How a stage is run and watched. */
export interface StageRun {
  /** What reports call the stage. */
  readonly name: string;
  readonly steps: number;
  /** The stage's own stream; each step draws from a fork of it. */
  readonly random: RandomStream;
  /** Where to go on; from the beginning when left out. */
  readonly resume?: StageSnapshot | null | undefined;
  /** Steps between two snapshots, at multiples of it; `DEFAULT_CHECKPOINT_EVERY` when left out. */
  readonly checkpointEvery?: number | undefined;
  /** Handed a snapshot every so many steps and after the last; the stage waits for it. */
  readonly onCheckpoint?: ((snapshot: StageSnapshot) => void | Promise<void>) | undefined;
  /** Told in a sentence why the stage goes back and at what learning rate it goes on. */
  readonly onRetry?: ((report: string) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onStep?: ((report: StepReport) => void | Promise<void>) | undefined;
  /** Told when a phase of a step has ended, for `npm run bench`. */
  readonly onPhase?: ((phase: StepPhase) => void) | undefined;
}

/** What a step is made of; `score` is the teacher, everything else the 3D side. */
export type StepPhase = 'surface' | 'render' | 'landmarks' | 'score' | 'backward' | 'optimizer';

/** What a step is given besides its number. */
export interface StepTerms {
  /** The step's own stream, a function of seed, stage and step. */
  readonly random: RandomStream;
  /** To be multiplied with every learning rate. */
  readonly learningRateScale: number;
}

/** What a step has seen; numbers that are none send the stage back. */
export interface StepMeasure {
  /** Root mean square of the latent gradient. */
  readonly gradientRms: number;
  /** Norm of the gradient of all parameters. */
  readonly gradientNorm: number;
  /** The largest learning rate of the step. */
  readonly learningRate: number;
  /** Noise levels that were drawn, one a view. */
  readonly timesteps?: readonly number[] | undefined;
}

/** What a stage does: one whole step, a picture for people, and what it has learned. */
export interface StageWork {
  /** View → render → guide → backward → optimizer. */
  takeStep(step: number, terms: StepTerms): Promise<StepMeasure>;
  drawPicture(): Promise<Picture>;
  readonly learned: LearnedState;
}

/** About half a minute of `draft` on two cores of a CPU. */
export const DEFAULT_CHECKPOINT_EVERY = 100;

/** How far one retry lowers the learning rates, for the rest of the stage. */
const RETRY_SCALE = 0.5;

/**
 * The one loop of all stages: abort between steps, snapshots, reports, and one retry.
 *
 * A step whose gradient is no number sends the stage back to the last snapshot, once; from there on it goes at half the
 * learning rate and with other draws, so that the same step is not simply repeated. The second time it throws. It also
 * throws the signal's reason when aborted.
 */
export async function runStage(run: StageRun, work: StageWork): Promise<void> {
  const every = run.checkpointEvery ?? DEFAULT_CHECKPOINT_EVERY;
  if (run.resume) restore(work.learned, run.resume);
  let kept = run.resume ?? takeSnapshot(work.learned, 0, 1);
  let scale = kept.learningRateScale;
  let firstReport = 'in a run before this one';
  for (let step = kept.step; step < run.steps; step++) {
    run.signal?.throwIfAborted();
    const terms = { random: randomOfStep(run.random, step, scale), learningRateScale: scale };
    const measure = await work.takeStep(step, terms);
    const due = (step + 1) % every === 0 || step + 1 === run.steps;
    const snapshot = due ? takeSnapshot(work.learned, step + 1, scale) : null;
    const trouble = findTrouble(measure, snapshot);
    if (trouble !== null) {
      const report = describeTrouble(run, step, measure, trouble);
      if (scale < 1) {
        throw new Error(
          `runStage: ${report}, after a retry at ${scale} of the learning rate (${firstReport})`,
        );
      }
      firstReport = report;
      scale = RETRY_SCALE;
      restore(work.learned, kept);
      run.onRetry?.(`${report}; going on from step ${kept.step} at ${scale} of the learning rate`);
      step = kept.step - 1;
      continue;
    }
    const picture = (): Promise<Picture> => work.drawPicture();
    await run.onStep?.({ step: step + 1, of: run.steps, gradientRms: measure.gradientRms, picture });
    if (snapshot !== null) {
      kept = snapshot;
      await run.onCheckpoint?.(snapshot);
    }
  }
}

function randomOfStep(random: RandomStream, step: number, scale: number): RandomStream {
  return random.fork(scale < 1 ? `step ${step} again` : `step ${step}`);
}

function takeSnapshot({ arrays }: LearnedState, step: number, learningRateScale: number): StageSnapshot {
  const copies = Object.entries(arrays).map(([name, array]) => [name, array.slice()]);
  return { step, learningRateScale, arrays: Object.fromEntries(copies) };
}

function restore(learned: LearnedState, { step, arrays }: StageSnapshot): void {
  const [found, expected] = [Object.keys(arrays), Object.keys(learned.arrays)];
  if (found.toSorted().join() !== expected.toSorted().join()) {
    throw new CheckpointRefusal(
      `runStage: expected a snapshot of ${expected.join(', ')}, got ${found.join(', ')}`,
    );
  }
  for (const [name, array] of Object.entries(learned.arrays)) {
    if (array.length !== arrays[name].length) {
      throw new CheckpointRefusal(
        `runStage: ${name}: expected ${array.length} numbers, got ${arrays[name].length}`,
      );
    }
    array.set(arrays[name]);
  }
  learned.rewind(step);
}

/** What is not a number after a step, or null; the parameters themselves are looked at where they are kept. */
function findTrouble(measure: StepMeasure, snapshot: StageSnapshot | null): string | null {
  if (!Number.isFinite(measure.gradientRms)) return `a latent gradient of ${measure.gradientRms}`;
  if (!Number.isFinite(measure.gradientNorm)) return `a gradient of norm ${measure.gradientNorm}`;
  const broken = Object.entries(snapshot?.arrays ?? {}).find(([, array]) => !array.every(Number.isFinite));
  return broken ? `numbers in ${broken[0]} that are none` : null;
}

function describeTrouble(
  { name, steps }: StageRun,
  step: number,
  { gradientRms, gradientNorm, learningRate, timesteps }: StepMeasure,
  trouble: string,
): string {
  const levels = timesteps ? `, timesteps ${timesteps.join(', ')}` : '';
  return (
    `${name}: expected finite numbers, got ${trouble} in step ${step + 1} of ${steps}` +
    ` (latent RMS ${gradientRms}, gradient norm ${gradientNorm}, learning rate ${learningRate}${levels})`
  );
}
