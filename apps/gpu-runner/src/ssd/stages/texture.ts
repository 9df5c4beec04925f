/**
 * The texture stage: the mesh is frozen, a color field is optimized so that its unlit renders please the teacher.
 *
 * References: HeadArtist (arXiv 2312.07539), section 3.3; no lights, a constant background.
 */
import type { RandomStream } from '../../tensor/random.ts';
import { sampleCameras } from '../cameras/sample-camera.ts';
import type { ColorFieldSample } from '../color-field/color-field.ts';
import type { TextureSettings } from '../config.ts';
import type { LandmarkAnchors } from '../landmarks/landmark-anchors.ts';
import { gradientNorm } from '../optimizer/gradient-norm.ts';
import { createRenderTarget } from '../renderer/render-target.ts';
import { shadePointsBackward } from '../renderer/shade-points.ts';
import { createColorOptimizer } from './color-optimizer.ts';
import type { Guide } from './guide.ts';
import { learnedState } from './learned-state.ts';
import { mirroredAt } from './mirrored-at.ts';
import { type ColoredSurface, createPointBuffer, drawColors, renderColors } from './render-colors.ts';
import { runStage, type StageRun, type StepMeasure, type StepTerms } from './run-stage.ts';

/** What the texture stage works on, and for whom. */
export interface TextureOptions extends ColoredSurface {
  /** Adds to `gradColors` [N, 3] what is asked of the colors besides the score, once a step. */
  readonly addColorGradient?:
    | ((sample: ColorFieldSample, gradColors: Float32Array) => Promise<void>)
    | undefined;
  readonly landmarks: LandmarkAnchors;
  readonly guide: Guide;
  readonly settings: TextureSettings;
  readonly run: Omit<StageRun, 'steps'>;
}

/** Optimizes `field` on the frozen `surface`. */
export async function optimizeTexture(options: TextureOptions): Promise<void> {
  const { field, landmarks, guide, settings } = options;
  const { onPhase } = options.run;
  const targets = Array.from({ length: guide.viewsPerStep }, () => createRenderTarget(guide.imageSize));
  const optimizer = createColorOptimizer(field, settings);
  const learned = learnedState(optimizer.parts, guide.learned);
  const points = createPointBuffer(targets);

  const takeStep = async (step: number, terms: StepTerms): Promise<StepMeasure> => {
    // (1) View and render.
    const cameras = sampleCameras(guide.viewsPerStep, guide.framing, settings, terms.random.fork('cameras'));
    const backgrounds = terms.random.fork('backgrounds');
    const mirrors = terms.random.fork('mirrors');
    const { background = 'random' } = settings;
    const shown = cameras.map((camera) => ({
      camera,
      background: background === 'random' ? drawBackground(backgrounds) : background,
      mirrored: mirroredAt(settings, step) && mirrors.uniform() < 0.5,
    }));
    const { sample, starts } = await renderColors(options, shown, targets, points);
    onPhase?.('render');

    // (2) Guide.
    const views = targets.map((target, v) => ({ camera: cameras[v], target }));
    const progress = step / settings.steps;
    const scored = await guide.gradients(views, landmarks, progress, terms.random.fork('score'));

    onPhase?.('score');

    // (3) Backward and optimizer.
    const gradColors = new Float32Array(sample.colors.length);
    targets.forEach((target, v) => {
      shadePointsBackward(target, scored.images[v], gradColors.subarray(3 * starts[v], 3 * starts[v + 1]));
    });
    await options.addColorGradient?.(sample, gradColors);
    field.clearGradients();
    await field.backward(sample, gradColors);
    onPhase?.('backward');
    const learningRate = optimizer.step(step, terms.learningRateScale);
    onPhase?.('optimizer');
    const norm = gradientNorm([field.gradients.table, field.gradients.weights]);
    return { gradientRms: scored.latentRms, gradientNorm: norm, learningRate, timesteps: scored.timesteps };
  };

  await runStage(
    { ...options.run, steps: settings.steps },
    { takeStep, drawPicture: () => drawColors(options, guide.framing), learned },
  );
}

/** Half of the backgrounds gray, half of any color, as the teacher saw them; a fixed one would leak into the albedo. */
function drawBackground(random: RandomStream): readonly [number, number, number] {
  const gray = random.uniform() < 0.5;
  const [r, g, b] = [random.uniform(), random.uniform(), random.uniform()];
  return gray ? [r, r, r] : [r, g, b];
}
