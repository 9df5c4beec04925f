/**
 * The geometry stage: a signed distance field on a tetrahedral grid is optimized so that its normal maps please
 * the teacher.
 *
 *     field → signed distances → marching tetrahedra → mesh → normal map → score → back to the field
 *
 * References: HeadArtist (arXiv 2312.07539), section 3.2; regularizers as in its released configuration.
 */
import { orbitCamera } from '../cameras/orbit.ts';
import { sampleCameras } from '../cameras/sample-camera.ts';
import type { GeometrySettings } from '../config.ts';
import { createAdamW, stepAdamW } from '../optimizer/adamw.ts';
import { gradientNorm } from '../optimizer/gradient-norm.ts';
import { scheduledValue } from '../optimizer/schedule.ts';
import type { SurfaceField } from '../landmarks/landmark-anchors.ts';
import { laplacian, laplacianBackward } from '../regularizers/laplacian.ts';
import { normalConsistencyBackward } from '../regularizers/normal-consistency.ts';
import { createMaskTarget, renderMask, renderMaskBackward } from '../renderer/render-mask.ts';
import { renderNormals, renderNormalsBackward } from '../renderer/render-normals.ts';
import { createRenderTarget } from '../renderer/render-target.ts';
import {
  createSurfaceGradient,
  prepareSurface,
  type Surface,
  surfaceBackward,
  type SurfaceGradient,
} from '../renderer/surface.ts';
import type { Box } from '../tetrahedral-grid/box.ts';
import {
  type ExtractedSurface,
  extractSurface,
  extractSurfaceBackward,
} from '../tetrahedral-grid/extract-surface.ts';
import { distanceGradient, fieldDistance } from '../tetrahedral-grid/field-distance.ts';
import type { SignedDistanceField, SurfaceSampler } from '../tetrahedral-grid/signed-distance-field.ts';
import type { Guide } from './guide.ts';
import { learnedState } from './learned-state.ts';
import { mirroredAt } from './mirrored-at.ts';
import {
  PICTURE_AZIMUTH_RAD,
  PICTURE_SIZE,
  type Picture,
  runStage,
  type StageRun,
  type StepMeasure,
  type StepTerms,
} from './run-stage.ts';
import { sampleSpans } from './sample-spans.ts';

/** Where heads may grow, head heights: hair down to the shoulders, horns and hats above, all inside the picture. */
export const HEAD_BOX: Box = { min: [-0.78, -0.86, -0.82], max: [0.78, 0.86, 0.82] };

/** Optimizes `field` in place and returns its surface on the stage's last grid over the whole box. */
export async function optimizeGeometry(options: {
  readonly field: SignedDistanceField;
  readonly guide: Guide;
  readonly settings: GeometrySettings;
  readonly run: Omit<StageRun, 'steps'>;
}): Promise<ExtractedSurface> {
  const { field, guide, settings } = options;
  const { onPhase } = options.run;
  const { gridSpans = [{ untilProgress: 1, cellSize: settings.cellSize }], weightDecay = 0 } = settings;
  const spans = sampleSpans(field, HEAD_BOX, gridSpans, settings.steps);
  const targets = Array.from({ length: guide.viewsPerStep }, () => createRenderTarget(guide.imageSize));
  const masks = settings.latentSteps ? targets.map(() => createMaskTarget(guide.imageSize)) : [];
  const optimizer = createAdamW(field.parameters.length);
  const parts = { distance: { parameters: field.parameters, optimizer } };
  const learned = learnedState(parts, guide.learned, spans.learned);

  const takeStep = async (step: number, terms: StepTerms): Promise<StepMeasure> => {
    // (1) Surface, views, normal maps.
    const sampler = spans.at(step);
    const extracted = await extractSurface(sampler);
    const surface = prepareSurface(extracted.mesh);
    onPhase?.('surface');
    const cameras = sampleCameras(guide.viewsPerStep, guide.framing, settings, terms.random.fork('cameras'));
    const latentPicture = step < (settings.latentSteps ?? 0);
    targets.forEach((target, v) => {
      renderNormals(surface, cameras[v], target);
      if (latentPicture) renderMask(target, masks[v]);
    });
    onPhase?.('render');

    // (2) Guide.
    const views = targets.map((target, v) => ({
      camera: cameras[v],
      target,
      ...(latentPicture ? { mask: masks[v].image } : {}),
    }));
    const landmarks = guide.follow(surfaceField(field));
    onPhase?.('landmarks');
    const scored = await guide.gradients(views, landmarks, step / settings.steps, terms.random.fork('score'));
    onPhase?.('score');

    // (3) Backward: score and regularizers meet in the mesh, then go on to the field.
    const gradient = createSurfaceGradient(surface);
    targets.forEach((target, v) => {
      renderNormalsBackward(surface, target, scored.images[v], gradient);
      if (scored.masks) renderMaskBackward(target, masks[v], scored.masks[v], gradient);
    });
    addRegularizers(surface, settings, step, gradient);
    surfaceBackward(surface, gradient);
    field.gradient.fill(0);
    await extractSurfaceBackward(sampler, extracted, gradient.positions, mirroredAt(settings, step));
    onPhase?.('backward');

    // (4) Optimizer.
    const learningRate = scheduledValue(settings.learningRate, step) * terms.learningRateScale;
    const group = { start: 0, end: field.parameters.length, learningRate, weightDecay };
    stepAdamW(optimizer, field.parameters, field.gradient, [group]);
    onPhase?.('optimizer');
    const norm = gradientNorm([field.gradient]);
    return { gradientRms: scored.latentRms, gradientNorm: norm, learningRate, timesteps: scored.timesteps };
  };

  await runStage(
    { ...options.run, steps: settings.steps },
    { takeStep, drawPicture: () => drawNormals(spans.whole, guide), learned },
  );
  field.refresh();
  return extractSurface(spans.whole, 'whole');
}

/** Adds the gradients of both regularizers, as they weigh in this step. */
function addRegularizers(
  { mesh, edges: { edges }, vertexNormals }: Surface,
  settings: GeometrySettings,
  step: number,
  gradient: SurfaceGradient,
): void {
  const consistency = scheduledValue(settings.normalConsistency, step);
  if (consistency > 0) normalConsistencyBackward(vertexNormals.normals, edges, consistency, gradient.normals);
  const smoothness = scheduledValue(settings.laplacian, step);
  if (smoothness > 0) {
    laplacianBackward(laplacian(mesh.positions, edges), edges, smoothness, gradient.positions);
  }
}

/** The field as landmarks see it. */
export function surfaceField(field: SignedDistanceField): SurfaceField {
  const distance = fieldDistance(field);
  return { distance, gradient: (point) => distanceGradient(distance, point) };
}

/** The front of the present surface as a normal map, for people. */
async function drawNormals(sampler: SurfaceSampler, guide: Guide): Promise<Picture> {
  const target = createRenderTarget(PICTURE_SIZE, 1);
  const { mesh } = await extractSurface(sampler, 'whole');
  renderNormals(prepareSurface(mesh), orbitCamera(guide.framing, PICTURE_AZIMUTH_RAD), target);
  return { image: target.image, size: PICTURE_SIZE };
}
