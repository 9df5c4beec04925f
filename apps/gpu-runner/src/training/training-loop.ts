import type { SessionInput } from '../onnx/session.ts';
import { loadCheckpoint, saveCheckpoint } from './checkpoint.ts';
import { type LearningRateSchedule, learningRateAt } from './learning-rate.ts';
import { openLossLog } from './loss-log.ts';
import type { LossRow } from './loss-row.ts';
import { openParameterTeam } from './parameter-team.ts';
import type { TrainingProgram } from './training-program.ts';
import {
  createTrainingState,
  type TrainingState,
  updateParameters,
  type UpdateSettings,
} from './update-parameters.ts';

/** When a training ends: after so many steps, or so many minutes over all its runs. */
export type TrainingLimit = { readonly steps: number } | { readonly minutes: number };

/** What any training needs to know besides its loss. */
export interface LoopSettings {
  readonly update: Omit<UpdateSettings, 'learningRate'>;
  readonly learningRate: LearningRateSchedule;
  /** Steps between two lines of progress. */
  readonly logEvery: number;
  readonly evaluateEvery: number;
  readonly checkpointEvery: number;
}

/** One training to run. */
export interface TrainingRun {
  readonly title: string;
  /** What is trained, for the checkpoints: a resumed training must have the same. */
  readonly description: string;
  readonly program: TrainingProgram;
  readonly settings: LoopSettings;
  readonly limit: TrainingLimit;
  /** Folder of checkpoints and curves. */
  readonly directory: string;
  /** The batch of a step: a function of the step alone, or resuming would not be exact. */
  batch(step: number): Readonly<Record<string, SessionInput>>;
  /** Held-out losses by name for the averaged weights. */
  evaluate(average: Float32Array): Promise<Readonly<Record<string, number>>>;
  /** Called before the first step; what it gives ends the training before its limit, with a checkpoint. */
  readonly listenForStop: () => AbortSignal;
  report(line: string): void;
  /** Milliseconds of a steady clock. */
  now(): number;
}

/** Sums since the last line of progress. */
interface Tally {
  steps: number;
  loss: number;
  gradientNorm: number;
  sinceMs: number;
}

/**
 * Trains until the limit, from the newest checkpoint of the folder if there is one; returns the final state.
 *
 * Throws when it is stopped, after the checkpoint from which the next run goes on.
 */
export async function runTraining(run: TrainingRun): Promise<TrainingState> {
  const { program, settings, limit, directory, description } = run;
  const found = loadCheckpoint(directory, description);
  const start = found?.state ?? createTrainingState(program.initial);
  if (start.parameters.length !== program.initial.length) {
    throw new Error(
      `runTraining: expected a checkpoint of ${program.initial.length} parameters, got ${start.parameters.length}`,
    );
  }
  const team = openParameterTeam(start);
  const { state, gradients } = team;
  if (found) run.report(`continues at step ${state.step}`);
  const log = openLossLog(directory, run.title, state.step);
  const startMs = run.now() - (found?.elapsedMs ?? 0);
  const elapsedMs = (): number => run.now() - startMs;
  const progressOf = (): number =>
    'steps' in limit ? state.step / limit.steps : elapsedMs() / (60_000 * limit.minutes);
  const tally: Tally = { steps: 0, loss: 0, gradientNorm: 0, sinceMs: run.now() };
  const save = async (): Promise<void> => {
    await log.write();
    await saveCheckpoint(directory, { state, elapsedMs: elapsedMs(), description });
  };

  const stop = run.listenForStop();
  while (progressOf() < 1) {
    const learningRate = learningRateAt(settings.learningRate, state.step, progressOf());
    const result = await program.run(run.batch(state.step), state.parameters, gradients);
    updateParameters(
      state,
      gradients,
      result.gradientNorm,
      { ...settings.update, learningRate },
      team.update,
    );
    tally.steps++;
    tally.loss += result.loss;
    tally.gradientNorm += result.gradientNorm;
    const ends = progressOf() >= 1;
    if (ends || state.step % settings.logEvery === 0) {
      const evaluates = ends || state.step % settings.evaluateEvery === 0;
      const row = {
        step: state.step,
        loss: tally.loss / tally.steps,
        gradientNorm: tally.gradientNorm / tally.steps,
        learningRate,
        secondsPerStep: (run.now() - tally.sinceMs) / tally.steps / 1000,
        heldOut: evaluates ? await run.evaluate(state.average) : {},
      };
      log.add(row);
      run.report(progressLine(row, progressOf(), elapsedMs()));
      Object.assign(tally, { steps: 0, loss: 0, gradientNorm: 0, sinceMs: run.now() });
      if (evaluates) await log.write();
    }
    const stopped = stop.aborted && !ends;
    if (ends || stopped || state.step % settings.checkpointEvery === 0) await save();
    if (stopped)
      throw new Error(`runTraining: stopped at step ${state.step}; the same command goes on from there`);
  }
  await team.close();
  return state;
}

function progressLine(row: LossRow, progress: number, elapsedMs: number): string {
  const left = Math.max(0, (elapsedMs / progress) * (1 - progress)) / 60_000;
  const held = Object.entries(row.heldOut).map(([name, value]) => `${name} ${value.toFixed(4)}`);
  return [
    `step ${row.step}`,
    `loss ${row.loss.toFixed(4)}`,
    ...(held.length > 0 ? [`held out: ${held.join(', ')}`] : []),
    `gradient ${row.gradientNorm.toFixed(3)}`,
    `rate ${row.learningRate.toExponential(1)}`,
    `${row.secondsPerStep.toFixed(2)} s/step`,
    `${(100 * progress).toFixed(1)} %, ${left.toFixed(1)} min left`,
  ].join(' · ');
}
