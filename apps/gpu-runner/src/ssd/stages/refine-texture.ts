/**
 * The refinement: the shape is frozen, and the color field draws near to a bank of views that the teacher has painted over.
 *
 *     loss = λ_pixel·mean |x − y| + λ_perceptual·distance of the encoder's features
 *
 * Each view pulls at a point by cosᵖ of the angle at which it sees it, so that a view is followed where it looks straight and
 * not where it grazes. Unlike score distillation this does project sampled pictures onto the head, which is why a
 * person must ask for it.
 *
 * References: HeadArtist's released refinement (docs/method.md); docs/decisions/0014 on what differs and what it gives.
 */
import { createRandom, type RandomStream } from '../../tensor/random.ts';
import type { Camera } from '../cameras/camera.ts';
import { sampleReleasedCameras } from '../cameras/released-cameras.ts';
import type { RefineSettings } from '../config.ts';
import type { PictureDistance } from '../../onnx/picture-distance.ts';
import type { ViewPainter } from '../diffusion/open-view-painter.ts';
import { interleavedPictures, joinArrays, planarPictures } from '../distillation/batch-pictures.ts';
import type { LandmarkAnchors } from '../landmarks/landmark-anchors.ts';
import { gradientNorm } from '../optimizer/gradient-norm.ts';
import { interpolate } from '../renderer/interpolate.ts';
import { createRenderTarget, type RenderTarget } from '../renderer/render-target.ts';
import { shadePointsBackward } from '../renderer/shade-points.ts';
import type { Surface } from '../renderer/surface.ts';
import { CheckpointRefusal } from '../state/checkpoint.ts';
import { createColorOptimizer } from './color-optimizer.ts';
import type { Guide } from './guide.ts';
import { learnedState } from './learned-state.ts';
import { type ColoredSurface, createPointBuffer, drawColors, renderColors } from './render-colors.ts';
import { runStage, type StageRun, type StepMeasure, type StepTerms } from './run-stage.ts';
import { bankCameras } from './view-bank/bank-cameras.ts';
import {
  type BankRequest,
  type BankView,
  fillViewBank,
  type PictureStore,
} from './view-bank/fill-view-bank.ts';

/** What is refined, and by whom. */
export interface RefineOptions extends ColoredSurface {
  readonly landmarks: LandmarkAnchors;
  /** Says in which words, and over which landmarks, each view is painted. */
  readonly guide: Guide;
  readonly painter: ViewPainter;
  readonly distance: PictureDistance;
  readonly settings: RefineSettings;
  /** SHA-256 of the teacher. */
  readonly teacher: string;
  readonly store?: PictureStore | undefined;
  /** Told after each view of the bank. */
  readonly onView?: ((done: number, of: number) => void) | undefined;
  readonly run: Omit<StageRun, 'steps'>;
}

/** Refines `field` on the frozen `surface`. */
export async function refineTexture(options: RefineOptions): Promise<void> {
  const { field, surface, guide, distance, settings, run } = options;
  const { viewsPerStep, pixelWeight, perceptualWeight } = settings;
  const optimizer = createColorOptimizer(field, settings);
  const before = colorsBefore(options);
  const learned = learnedState(optimizer.parts, { arrays: before, rewind: () => {} });

  // (1) The bank, of the colors as they were before the first step, also when going on from a later one.
  field.parameters.table.set(before['before/table']);
  field.parameters.weights.set(before['before/weights']);
  const bank = await fillBank(options);

  const targets = Array.from({ length: viewsPerStep }, () => createRenderTarget(guide.imageSize));
  const points = createPointBuffer(targets);
  const gradient = new Float32Array(viewsPerStep * 3 * guide.imageSize ** 2);
  const takeStep = async (step: number, { learningRateScale }: StepTerms): Promise<StepMeasure> => {
    // (2) Render, and compare with the bank.
    const views = turnsOf(bank, step, viewsPerStep, run.random);
    const { sample, starts } = await renderColors(options, views, targets, points);
    run.onPhase?.('render');
    const images = planarPictures(targets.map(({ image }) => image));
    const wanted = joinArrays(views.map(({ target }) => Float32Array.from(target, (byte) => byte / 255)));
    const weights = { pixel: pixelWeight, perceptual: perceptualWeight };
    const apart = await distance.run(images, wanted, weights, gradient);
    run.onPhase?.('score');

    // (3) Backward and optimizer. The distance is a mean over the views already.
    const gradColors = new Float32Array(sample.colors.length);
    interleavedPictures(gradient, viewsPerStep).forEach((gradImage, v) => {
      const ofView = gradColors.subarray(3 * starts[v], 3 * starts[v + 1]);
      shadePointsBackward(targets[v], gradImage, ofView);
      weighByFacing(surface, views[v].camera, targets[v], settings.facingPower, ofView);
    });
    field.clearGradients();
    await field.backward(sample, gradColors);
    run.onPhase?.('backward');
    const learningRate = optimizer.step(step, learningRateScale);
    run.onPhase?.('optimizer');
    const norm = gradientNorm([field.gradients.table, field.gradients.weights]);
    const loss = pixelWeight * apart.pixel + perceptualWeight * apart.perceptual;
    return { gradientRms: loss, gradientNorm: norm, learningRate };
  };
  const drawPicture = () => drawColors(options, guide.framing);
  await runStage({ ...run, steps: settings.steps }, { takeStep, drawPicture, learned });
}

/** What the bank is rendered from: copies of the colors, those of the checkpoint where the stage goes on from one. */
function colorsBefore({
  field,
  run,
}: RefineOptions): Record<'before/table' | 'before/weights', Float32Array> {
  const copyOf = (name: 'table' | 'weights'): Float32Array => {
    const now = field.parameters[name];
    if (!run.resume) return now.slice();
    const kept = run.resume.arrays[`guide/before/${name}`];
    if (kept?.length === now.length) return kept.slice();
    throw new CheckpointRefusal(
      `refineTexture: expected ${now.length} numbers of the colors before, got ${kept?.length}`,
    );
  };
  return { 'before/table': copyOf('table'), 'before/weights': copyOf('weights') };
}

function fillBank(options: RefineOptions): Promise<BankView[]> {
  const { guide, painter, settings, run } = options;
  const random = run.random.fork('bank');
  const { bank, noiseSeed, background } = settings;
  const { releasedCameras } = settings;
  const cameras = releasedCameras
    ? sampleReleasedCameras(bank, releasedCameras, random.fork('cameras'))
    : bankCameras(guide.framing, bank);
  const shared = noiseSeed === null ? null : createRandom(noiseSeed).normals(painter.latentLength);
  const views = cameras.map(
    (camera, v): BankRequest => ({
      camera,
      background,
      noise: shared ?? random.fork(`noise of ${v}`).normals(painter.latentLength),
    }),
  );
  return fillViewBank({
    colored: options,
    guide,
    landmarks: options.landmarks,
    painter,
    settings: settings.paint,
    teacher: options.teacher,
    views,
    store: options.store,
    signal: run.signal,
    onView: options.onView,
  });
}

/** The views of one step: the bank is gone through in rounds, each in an order of its own. */
function turnsOf(bank: readonly BankView[], step: number, count: number, random: RandomStream): BankView[] {
  return Array.from({ length: count }, (_, v) => {
    const turn = step * count + v;
    const round = Math.floor(turn / bank.length);
    return bank[orderOf(bank.length, random.fork(`round ${round}`))[turn % bank.length]];
  });
}

/** A random order of 0 … count − 1. */
function orderOf(count: number, random: RandomStream): Uint32Array {
  const order = Uint32Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const k = random.integer(0, i);
    [order[i], order[k]] = [order[k], order[i]];
  }
  return order;
}

/** Multiplies the gradient of each surface point of a view, [N, 3], with cosᵖ of the angle at which the camera sees it. */
function weighByFacing(
  { mesh, vertexNormals }: Surface,
  { forward }: Camera,
  { raster, attributes }: RenderTarget,
  power: number,
  gradColors: Float32Array,
): void {
  if (power === 0) return;
  interpolate(vertexNormals.normals, mesh, raster, attributes);
  for (let n = 0; n < raster.coveredCount; n++) {
    const o = 3 * raster.coveredPixels[n];
    const cosine = -(
      attributes[o] * forward[0] +
      attributes[o + 1] * forward[1] +
      attributes[o + 2] * forward[2]
    );
    const weight = Math.max(0, cosine) ** power;
    for (let k = 3 * n; k < 3 * n + 3; k++) gradColors[k] *= weight;
  }
}
