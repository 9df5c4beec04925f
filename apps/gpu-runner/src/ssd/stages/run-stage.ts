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
  readonly steps: number;
  readonly signal?: AbortSignal | undefined;
  readonly onStep?: ((report: StepReport) => void | Promise<void>) | undefined;
  /** Told when a phase of a step has ended, for `npm run bench`. */
  readonly onPhase?: ((phase: StepPhase) => void) | undefined;
}

/** What a step is made of; `score` is the teacher, everything else the 3D side. */
export type StepPhase = 'surface' | 'render' | 'landmarks' | 'score' | 'backward' | 'optimizer';

/** What a stage does: one whole step, and a picture for people. */
export interface StageWork {
  /** View → render → guide → backward → optimizer; returns the latent gradient's root mean square. */
  takeStep(step: number): Promise<number>;
  drawPicture(): Promise<Picture>;
}

/**
 * The one loop of all stages: abort between steps, refuse to go on with numbers that are none, report.
 *
 * Throws the signal's reason when aborted.
 */
export async function runStage(run: StageRun, work: StageWork): Promise<void> {
  for (let step = 0; step < run.steps; step++) {
    run.signal?.throwIfAborted();
    const gradientRms = await work.takeStep(step);
    if (!Number.isFinite(gradientRms)) {
      throw new Error(
        `runStage: expected a finite gradient, got ${gradientRms} in step ${step + 1} of ${run.steps}`,
      );
    }
    const picture = (): Promise<Picture> => work.drawPicture();
    await run.onStep?.({ step: step + 1, of: run.steps, gradientRms, picture });
  }
}
