/**
 * The texture stage: the mesh is frozen, a color field is optimized so that its unlit renders please the teacher.
 *
 * References: HeadArtist (arXiv 2312.07539), section 3.3; no lights, a constant background.
 */
import type { RandomStream } from '../../tensor/random.ts';
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

/** Optimizes `field` on the frozen `surface`. */
export async function optimizeTexture(options: {
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
}): Promise<void> {
  const { field, surface, positionsRest, landmarks, guide, settings } = options;
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
    // (1) View and render: the surface points of all views go through the field at once.
    const cameras = sampleCameras(guide.viewsPerStep, guide.framing, settings, terms.random.fork('cameras'));
    const starts = [0];
    targets.forEach((target, v) => {
      const from = starts[v];
      const room = points.subarray(3 * from);
      starts.push(from + gatherSurfacePoints(surface, cameras[v], target, room, positionsRest));
    });
    const sample = await field.forward(points.slice(0, 3 * starts[targets.length]));
    const backgrounds = terms.random.fork('backgrounds');
    targets.forEach((target, v) => {
      const colors = sample.colors.subarray(3 * starts[v], 3 * starts[v + 1]);
      const { background = 'random' } = settings;
      shadePoints(target, colors, background === 'random' ? drawBackground(backgrounds) : background);
    });

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
async function drawColors({
  field,
  surface,
  positionsRest,
  guide,
}: Pick<
  Parameters<typeof optimizeTexture>[0],
  'field' | 'surface' | 'positionsRest' | 'guide'
>): Promise<Picture> {
  const target = createRenderTarget(PICTURE_SIZE, 1);
  const points = createPointBuffer([target]);
  const camera = orbitCamera(guide.framing, PICTURE_AZIMUTH_RAD);
  const count = gatherSurfacePoints(surface, camera, target, points, positionsRest);
  const { colors } = await field.forward(points.slice(0, 3 * count));
  shadePoints(target, colors, [1, 1, 1]);
  return { image: target.image, size: PICTURE_SIZE };
}
