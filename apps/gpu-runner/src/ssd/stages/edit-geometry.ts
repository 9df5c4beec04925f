/**
 * Geometry editing: distances and triangles are frozen, a deformation is optimized so that the normal maps of the
 * displaced surface please the teacher for other words.
 *
 *     deformation → displaced mesh → normal map → score → back to the deformation
 *
 * The penalty and the consistency measure from the head as it was when the edit began, so an edit of an edited head keeps
 * what the earlier one did.
 *
 * References: HeadArtist (arXiv 2312.07539), section 3.4, where the grid's offsets play this part.
 */
import { orbitCamera } from '../cameras/orbit.ts';
import { sampleCameras } from '../cameras/sample-camera.ts';
import { changeConsistency } from '../deformation/change-consistency.ts';
import {
  type DeformationField,
  displace,
  displaceBackward,
  refreshDeformation,
} from '../deformation/deformation-field.ts';
import { createBaseSurface, deformationPenalty } from '../deformation/deformation-penalty.ts';
import { displaceLandmarks } from '../deformation/displace-landmarks.ts';
import {
  createDeformationMoments,
  type DeformationMoments,
  stepDeformation,
} from '../deformation/step-deformation.ts';
import type { GeometryEditSettings } from '../edit-settings.ts';
import type { LandmarkAnchors } from '../landmarks/landmark-anchors.ts';
import { buildEdges, type MeshEdges } from '../mesh-edges.ts';
import type { TriangleMesh } from '../mesh.ts';
import { gradientNorm } from '../optimizer/gradient-norm.ts';
import { scheduledValue } from '../optimizer/schedule.ts';
import { renderNormals, renderNormalsBackward } from '../renderer/render-normals.ts';
import { createRenderTarget } from '../renderer/render-target.ts';
import { createSurfaceGradient, prepareSurface, type Surface, surfaceBackward } from '../renderer/surface.ts';
import type { Guide } from './guide.ts';
import { type LearnedState, learnedState } from './learned-state.ts';
import {
  PICTURE_AZIMUTH_RAD,
  PICTURE_SIZE,
  type Picture,
  runStage,
  type StageRun,
  type StepMeasure,
  type StepTerms,
} from './run-stage.ts';

/** Optimizes `field` in place; `mesh` and `landmarks` are at rest and stay as they are. */
export async function editGeometry(options: {
  readonly field: DeformationField;
  readonly mesh: TriangleMesh;
  readonly landmarks: LandmarkAnchors;
  readonly guide: Guide;
  readonly settings: GeometryEditSettings;
  readonly run: Omit<StageRun, 'steps'>;
}): Promise<void> {
  const { field, mesh, landmarks, guide, settings } = options;
  const { onPhase } = options.run;
  const meshEdges = buildEdges(mesh);
  const { edges } = meshEdges;
  const start = displacedSurface(field, mesh, meshEdges);
  const base = createBaseSurface(start.mesh, meshEdges);
  const baseNormals = start.vertexNormals.normals;
  const targets = Array.from({ length: guide.viewsPerStep }, () => createRenderTarget(guide.imageSize));
  const moments = createDeformationMoments(field);
  const learned = learnedDeformation(field, moments, guide);

  const takeStep = async (step: number, terms: StepTerms): Promise<StepMeasure> => {
    // (1) Surface, views, normal maps.
    const surface = displacedSurface(field, mesh, meshEdges);
    onPhase?.('surface');
    const cameras = sampleCameras(guide.viewsPerStep, guide.framing, settings, terms.random.fork('cameras'));
    targets.forEach((target, v) => {
      renderNormals(surface, cameras[v], target);
    });
    onPhase?.('render');

    // (2) Guide, with the landmarks where the deformation has carried them.
    const views = targets.map((target, v) => ({ camera: cameras[v], target }));
    const carried = displaceLandmarks(field, landmarks);
    onPhase?.('landmarks');
    const progress = step / settings.steps;
    const scored = await guide.gradients(views, carried, progress, terms.random.fork('score'));
    onPhase?.('score');

    // (3) Backward: score and penalties meet in the mesh, then go on to the deformation.
    const gradient = createSurfaceGradient(surface);
    targets.forEach((target, v) => {
      renderNormalsBackward(surface, target, scored.images[v], gradient, settings.outlineShare);
    });
    const { normals } = surface.vertexNormals;
    changeConsistency(normals, baseNormals, edges, settings.changeConsistency, gradient.normals);
    surfaceBackward(surface, gradient);
    deformationPenalty(base, surface.mesh.positions, settings.penalty, gradient.positions);
    field.gradient.fill(0);
    displaceBackward(field, mesh.positions, gradient.positions);
    onPhase?.('backward');

    // (4) Optimizer: fine levels join later. A head from an engine with other levels may have more than these.
    const learningRate = scheduledValue(settings.learningRate, step) * terms.learningRateScale;
    const rates = field.levels.map((_, l) => (step >= (settings.levelStarts.at(l) ?? 0) ? learningRate : 0));
    stepDeformation(field, moments, rates);
    refreshDeformation(field);
    onPhase?.('optimizer');
    const norm = gradientNorm([field.gradient]);
    return { gradientRms: scored.latentRms, gradientNorm: norm, learningRate, timesteps: scored.timesteps };
  };

  await runStage(
    { ...options.run, steps: settings.steps },
    { takeStep, drawPicture: () => drawNormals(displacedSurface(field, mesh, meshEdges), guide), learned },
  );
}

/** The parameters with their moments; the field's coefficients are made anew when they were overwritten. */
function learnedDeformation(
  field: DeformationField,
  moments: DeformationMoments,
  guide: Guide,
): LearnedState {
  const learned = learnedState(
    { deformation: { parameters: field.parameters, optimizer: moments } },
    guide.learned,
  );
  return {
    ...learned,
    rewind(step) {
      learned.rewind(step);
      refreshDeformation(field);
    },
  };
}

/** A mesh as a deformation displaces it, with what its views share. */
function displacedSurface(
  field: DeformationField,
  { positions, indices }: TriangleMesh,
  edges: MeshEdges,
): Surface {
  return prepareSurface({ positions: displace(field, positions), indices }, edges);
}

/** The present surface as a normal map, for people. */
async function drawNormals(surface: Surface, guide: Guide): Promise<Picture> {
  const target = createRenderTarget(PICTURE_SIZE, 1);
  renderNormals(surface, orbitCamera(guide.framing, PICTURE_AZIMUTH_RAD), target);
  return { image: target.image, size: PICTURE_SIZE };
}
