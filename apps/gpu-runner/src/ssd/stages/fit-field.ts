/**
 * Teaches a hash-grid field the template before the first step.
 *
 * The released code loads a fit that was made once; the settings are those of threestudio, which surely made it, and more
 * points around the surface, where uniform ones are few.
 *
 * References: HeadArtist (arXiv 2312.07539) §3.2, initialization; threestudio's `implicit-sdf`, shape_init "mesh:".
 */
import { createRandom, type RandomStream } from '../../tensor/random.ts';
import { createAdamW, stepAdamW } from '../optimizer/adamw.ts';
import type { FieldFitSettings } from '../tetrahedral-grid/field-settings.ts';
import { distanceGradient } from '../tetrahedral-grid/field-distance.ts';
import type { HashGridField } from '../tetrahedral-grid/sample-hash-grid-field.ts';
import type { DistanceFunction } from '../tetrahedral-grid/signed-distance-field.ts';

/** How far the fitted distance is from the template's, at points that the fit did not see, head heights. */
export interface FieldFit {
  readonly steps: number;
  /** Root mean square around the surface, and the largest there. */
  readonly nearRms: number;
  readonly nearLargest: number;
  /** Root mean square in the whole cube. */
  readonly uniformRms: number;
}

/** Torch's Adam. */
const ADAM = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };

/** Points on the template's surface that the samples around it start from. */
const SURFACE_POINTS = 16_384;

/** Points of each kind that the finished fit is judged by. */
const JUDGED_POINTS = 8_192;

/** Fits the distance in place; the offsets stay as they are. The same template and settings give the same bytes. */
export async function fitField(
  field: HashGridField,
  template: DistanceFunction,
  signal?: AbortSignal,
): Promise<FieldFit> {
  const { parameters, gradient, settings } = field;
  const { fit } = settings;
  const random = createRandom(0, 'field fit');
  const surface = surfacePoints(field, template, random.fork('surface'));
  const optimizer = createAdamW(parameters.length);
  const group = { start: 0, end: parameters.length, learningRate: fit.learningRate };
  for (let step = 0; step < fit.steps; step++) {
    signal?.throwIfAborted();
    const points = drawPoints(field, surface, fit, random.fork(`step ${step}`));
    const { features, errors } = await errorsAt(field, template, points);
    gradient.fill(0);
    const gradDistances = errors.map((error) => (2 / errors.length) * error);
    await field.distancesBackward(points, features, gradDistances);
    stepAdamW(optimizer, parameters, gradient, [group], ADAM);
  }
  gradient.fill(0);
  field.refresh();

  const judge = async (share: Partial<FieldFitSettings>, name: string): Promise<Float32Array> => {
    const points = drawPoints(field, surface, { ...fit, ...share }, random.fork(name));
    return (await errorsAt(field, template, points)).errors;
  };
  const near = await judge({ uniformPoints: 0, nearPoints: JUDGED_POINTS, nearSpread: 0.02 }, 'judge near');
  const uniform = await judge({ uniformPoints: JUDGED_POINTS, nearPoints: 0 }, 'judge uniform');
  const nearLargest = near.reduce((most, error) => Math.max(most, Math.abs(error)), 0);
  return { steps: fit.steps, nearRms: rms(near), nearLargest, uniformRms: rms(uniform) };
}

async function errorsAt(
  field: HashGridField,
  template: DistanceFunction,
  points: Float32Array,
): Promise<{ features: Float32Array; errors: Float32Array }> {
  const features = field.encode(points);
  const distances = await field.distances(features);
  const errors = distances.map((s, k) => s - template(points[3 * k], points[3 * k + 1], points[3 * k + 2]));
  return { features, errors };
}

/** [N, 3]: first the uniform points, then those around the surface. */
function drawPoints(
  { settings: { halfEdge } }: HashGridField,
  surface: Float32Array,
  { uniformPoints, nearPoints, nearSpread }: FieldFitSettings,
  random: RandomStream,
): Float32Array {
  const points = new Float32Array(3 * (uniformPoints + nearPoints));
  for (let i = 0; i < 3 * uniformPoints; i++) points[i] = random.between(-halfEdge, halfEdge);
  for (let p = uniformPoints; p < uniformPoints + nearPoints; p++) {
    const from = 3 * random.integer(0, surface.length / 3 - 1);
    for (let axis = 0; axis < 3; axis++) {
      points[3 * p + axis] = surface[from + axis] + nearSpread * random.normal();
    }
  }
  return points;
}

/** Points [N, 3] on the template's surface: uniform ones in the box that walked there. */
function surfacePoints(
  { box }: HashGridField,
  template: DistanceFunction,
  random: RandomStream,
): Float32Array {
  const points = new Float32Array(3 * SURFACE_POINTS);
  let count = 0;
  for (let trial = 0; count < SURFACE_POINTS && trial < 20 * SURFACE_POINTS; trial++) {
    const at: [number, number, number] = [0, 0, 0];
    for (let axis = 0; axis < 3; axis++) at[axis] = random.between(box.min[axis], box.max[axis]);
    for (let round = 0; round < 3; round++) {
      const slope = distanceGradient(template, at);
      const distance = template(...at) / Math.max(Math.hypot(...slope) ** 2, 1e-3);
      for (let axis = 0; axis < 3; axis++) at[axis] -= distance * slope[axis];
    }
    if (Math.abs(template(...at)) < 2e-3) points.set(at, 3 * count++);
  }
  if (count === 0) throw new Error('fitField: expected a template with a surface in the box, got none');
  return points.slice(0, 3 * count);
}

function rms(values: Float32Array): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
}
