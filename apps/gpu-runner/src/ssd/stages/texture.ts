/**
 * The texture stage: the mesh is frozen, a color field is optimized so that its unlit renders please the teacher.
 *
 * References: HeadArtist (arXiv 2312.07539), section 3.3; no lights, a constant background.
 */
import type { RandomStream } from '../../tensor/random.ts';
import { orbitCamera } from '../cameras/orbit.ts';
import { sampleCameras } from '../cameras/sample-camera.ts';
import type { ColorField } from '../color-field/color-field.ts';
import type { TextureSettings } from '../config.ts';
import type { LandmarkAnchors } from '../landmarks/landmark-anchors.ts';
import { type AdamWState, createAdamW, stepAdamW } from '../optimizer/adamw.ts';
import { scheduledValue } from '../optimizer/schedule.ts';
import { createRenderTarget, type RenderTarget } from '../renderer/render-target.ts';
import { gatherSurfacePoints, shadePoints, shadePointsBackward } from '../renderer/shade-points.ts';
import type { Surface } from '../renderer/surface.ts';
import type { Guide } from './guide.ts';
import { PICTURE_AZIMUTH_RAD, PICTURE_SIZE, type Picture, runStage, type StageRun } from './run-stage.ts';

/** Optimizes `field` on the frozen `surface`. */
export async function optimizeTexture(options: {
  readonly field: ColorField;
  readonly surface: Surface;
  readonly landmarks: LandmarkAnchors;
  readonly guide: Guide;
  readonly settings: TextureSettings;
  readonly random: RandomStream;
  readonly run: Omit<StageRun, 'steps'>;
}): Promise<void> {
  const { field, surface, landmarks, guide, settings, random } = options;
  const { onPhase } = options.run;
  const targets = Array.from({ length: guide.viewsPerStep }, () => createRenderTarget(guide.imageSize));
  const optimizer = {
    table: createAdamW(field.parameters.table.length),
    weights: createAdamW(field.parameters.weights.length),
  };
  const cameraRandom = random.fork('cameras');
  const backgroundRandom = random.fork('backgrounds');
  const scoreRandom = random.fork('score');
  const points = createPointBuffer(targets);

  const takeStep = async (step: number): Promise<number> => {
    // (1) View and render: the surface points of all views go through the field at once.
    const cameras = sampleCameras(guide.viewsPerStep, guide.framing, settings, cameraRandom);
    const starts = [0];
    targets.forEach((target, v) => {
      const from = starts[v];
      starts.push(from + gatherSurfacePoints(surface, cameras[v], target, points.subarray(3 * from)));
    });
    const sample = await field.forward(points.slice(0, 3 * starts[targets.length]));
    targets.forEach((target, v) => {
      const colors = sample.colors.subarray(3 * starts[v], 3 * starts[v + 1]);
      shadePoints(target, colors, drawBackground(backgroundRandom));
    });

    onPhase?.('render');

    // (2) Guide.
    const views = targets.map((target, v) => ({ camera: cameras[v], target }));
    const progress = step / settings.steps;
    const { images, latentRms } = await guide.gradients(views, landmarks, progress, scoreRandom);

    onPhase?.('score');

    // (3) Backward and optimizer.
    const gradColors = new Float32Array(sample.colors.length);
    targets.forEach((target, v) => {
      shadePointsBackward(target, images[v], gradColors.subarray(3 * starts[v], 3 * starts[v + 1]));
    });
    field.clearGradients();
    await field.backward(sample, gradColors);
    onPhase?.('backward');
    stepField(field, optimizer, settings, step);
    onPhase?.('optimizer');
    return latentRms;
  };

  await runStage(
    { ...options.run, steps: settings.steps },
    { takeStep, drawPicture: () => drawColors(field, surface, guide) },
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

function stepField(
  field: ColorField,
  optimizer: { readonly table: AdamWState; readonly weights: AdamWState },
  settings: TextureSettings,
  step: number,
): void {
  const { parameters, gradients } = field;
  for (const [name, schedule] of [
    ['table', settings.gridLearningRate],
    ['weights', settings.networkLearningRate],
  ] as const) {
    const group = { start: 0, end: parameters[name].length, learningRate: scheduledValue(schedule, step) };
    stepAdamW(optimizer[name], parameters[name], gradients[name], [group]);
  }
}

/** The present head as the texture stage sees it, unlit on white, for people. */
async function drawColors(field: ColorField, surface: Surface, guide: Guide): Promise<Picture> {
  const target = createRenderTarget(PICTURE_SIZE, 1);
  const points = createPointBuffer([target]);
  const count = gatherSurfacePoints(surface, orbitCamera(guide.framing, PICTURE_AZIMUTH_RAD), target, points);
  const { colors } = await field.forward(points.slice(0, 3 * count));
  shadePoints(target, colors, [1, 1, 1]);
  return { image: target.image, size: PICTURE_SIZE };
}
