/**
 * The texture stage: the mesh is frozen, a color field is optimized so that its unlit renders please the teacher.
 *
 * References: HeadArtist (arXiv 2312.07539), section 3.3; no lights, a constant background.
 */
import type { RandomStream } from '../../tensor/random.ts';
import type { Camera } from '../cameras/camera.ts';
import { orbitCamera } from '../cameras/orbit.ts';
import { sampleCameras } from '../cameras/sample-camera.ts';
import type { ColorField, ColorFieldSample } from '../color-field/color-field.ts';
import type { TextureSettings } from '../config.ts';
import type { LandmarkAnchors } from '../landmarks/landmark-anchors.ts';
import { type AdamWState, createAdamW, stepAdamW } from '../optimizer/adamw.ts';
import { gradientNorm } from '../optimizer/gradient-norm.ts';
import { scheduledValue } from '../optimizer/schedule.ts';
import { createRenderTarget, type RenderTarget } from '../renderer/render-target.ts';
import { gatherSurfacePoints, shadePoints, shadePointsBackward } from '../renderer/shade-points.ts';
import type { Surface } from '../renderer/surface.ts';
import type { Guide } from './guide.ts';
import { learnedState } from './learned-state.ts';
import {
  PICTURE_AZIMUTH_RAD,
  PICTURE_SIZE,
  type Picture,
  runStage,
  type StageRun,
  type StepMeasure,
  type StepTerms,
} from './run-stage.ts';

/** What the texture stage works on, and for whom. */
export interface TextureOptions {
  readonly field: ColorField;
  readonly surface: Surface;
  /** [V, 3] where the surface's vertices lay before a deformation: there its colors live. */
  readonly positionsRest?: Float32Array | undefined;
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
  const optimizer = {
    table: createAdamW(field.parameters.table.length),
    weights: createAdamW(field.parameters.weights.length),
  };
  const learned = learnedState(
    {
      table: { parameters: field.parameters.table, optimizer: optimizer.table },
      weights: { parameters: field.parameters.weights, optimizer: optimizer.weights },
    },
    guide.learned,
  );
  const points = createPointBuffer(targets);

  const takeStep = async (step: number, terms: StepTerms): Promise<StepMeasure> => {
    // (1) View and render.
    const cameras = sampleCameras(guide.viewsPerStep, guide.framing, settings, terms.random.fork('cameras'));
    const backgrounds = terms.random.fork('backgrounds');
    const { sample, starts } = await renderViews(options, cameras, targets, points, backgrounds);
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
    const learningRate = stepField(field, optimizer, settings, step, terms.learningRateScale);
    onPhase?.('optimizer');
    const norm = gradientNorm([field.gradients.table, field.gradients.weights]);
    return { gradientRms: scored.latentRms, gradientNorm: norm, learningRate, timesteps: scored.timesteps };
  };

  await runStage(
    { ...options.run, steps: settings.steps },
    { takeStep, drawPicture: () => drawColors(options), learned },
  );
}

/**
 * Renders all views: their surface points go through the field at once. The points of view v are rows
 * `starts[v]` … `starts[v + 1]` of the sample.
 */
async function renderViews(
  { field, surface, positionsRest, settings }: TextureOptions,
  cameras: readonly Camera[],
  targets: readonly RenderTarget[],
  points: Float32Array,
  random: RandomStream,
): Promise<{ sample: ColorFieldSample; starts: readonly number[] }> {
  const { background = 'random' } = settings;
  const starts = [0];
  targets.forEach((target, v) => {
    const from = starts[v];
    const room = points.subarray(3 * from);
    starts.push(from + gatherSurfacePoints(surface, cameras[v], target, room, positionsRest));
  });
  const sample = await field.forward(points.slice(0, 3 * starts[targets.length]));
  targets.forEach((target, v) => {
    const colors = sample.colors.subarray(3 * starts[v], 3 * starts[v + 1]);
    shadePoints(target, colors, background === 'random' ? drawBackground(random) : background);
  });
  return { sample, starts };
}

function createPointBuffer(targets: readonly RenderTarget[]): Float32Array {
  const pixels = targets.reduce((sum, target) => sum + target.raster.triangleId.length, 0);
  return new Float32Array(3 * pixels);
}

/** Half of the backgrounds gray, half of any color, as the teacher saw them; a fixed one would leak into the albedo. */
function drawBackground(random: RandomStream): readonly [number, number, number] {
  const gray = random.uniform() < 0.5;
  const [r, g, b] = [random.uniform(), random.uniform(), random.uniform()];
  return gray ? [r, r, r] : [r, g, b];
}

/** Steps table and network; answers the larger of the two learning rates. */
function stepField(
  field: ColorField,
  optimizer: { readonly table: AdamWState; readonly weights: AdamWState },
  settings: TextureSettings,
  step: number,
  scale: number,
): number {
  const { parameters, gradients } = field;
  let largest = 0;
  for (const [name, schedule] of [
    ['table', settings.gridLearningRate],
    ['weights', settings.networkLearningRate],
  ] as const) {
    const learningRate = scheduledValue(schedule, step) * scale;
    const { weightDecay = 0 } = settings;
    const group = { start: 0, end: parameters[name].length, learningRate, weightDecay };
    stepAdamW(optimizer[name], parameters[name], gradients[name], [group]);
    largest = Math.max(largest, learningRate);
  }
  return largest;
}

/** The present head as the texture stage sees it, unlit on white, for people. */
async function drawColors({ field, surface, positionsRest, guide }: TextureOptions): Promise<Picture> {
  const target = createRenderTarget(PICTURE_SIZE, 1);
  const points = createPointBuffer([target]);
  const camera = orbitCamera(guide.framing, PICTURE_AZIMUTH_RAD);
  const count = gatherSurfacePoints(surface, camera, target, points, positionsRest);
  const { colors } = await field.forward(points.slice(0, 3 * count));
  shadePoints(target, colors, [1, 1, 1]);
  return { image: target.image, size: PICTURE_SIZE };
}
