/**
 * The learnable head surface: the template's distance plus a learned residual, and learned offsets of the grid.
 *
 *     s(v) = template(v) + residual(v)          o(v) = three more channels of the same pyramid
 *
 * All parameters start at zero, so every prompt starts from the template's identical bytes. One optimizer step of size η
 * changes s by at most η · Σ_l scale_l: with the default scales and η = 2e-3 about 4.6e-3 head heights, so 250 steps that
 * agree grow more than a head height of hair, and 65 of them 0.3.
 *
 * References: HeadArtist (arXiv 2312.07539) §3.2, where a hash grid and two networks fitted to FLAME play this part; the
 * residual form needs no fitting.
 */
import type { Box } from './box.ts';
import {
  collapsePyramid,
  collapsePyramidBackward,
  createSplinePyramid,
  type SplinePyramid,
} from './spline-pyramid.ts';

/** Signed distance of a point, world units, negative inside. */
export type DistanceFunction = (x: number, y: number, z: number) => number;

/** The layout of a field's residual. */
export interface FieldSettings {
  /** Edge of the coarsest lattice's cubes, world units; each further level halves it. */
  readonly coarsestSpacing: number;
  /** Per level, coarsest first: change of the distance for a parameter change of 1, world units. */
  readonly distanceScales: readonly number[];
  /** How much larger a step of the unbounded offsets is than one of the distance. */
  readonly offsetScale: number;
  /** Largest displacement of a grid vertex per axis, world units: tanh(o) times this. */
  readonly offsetBound: number;
}

/** What a field is built from; see `FIELD_DEFAULTS`. */
export interface FieldOptions extends FieldSettings {
  /** Where the residual lives; beyond it the residual keeps its border value. */
  readonly box: Box;
  readonly template: DistanceFunction;
}

/**
 * Spacings of 0.32, 0.16, 0.08 and 0.04 head heights (a skull's half width down to a nostril). Coarse levels take the
 * larger steps: they gather gradient from many pixels and agree with themselves; fine ones would follow the noise.
 */
export const FIELD_DEFAULTS = {
  coarsestSpacing: 0.32,
  distanceScales: [1, 0.7, 0.4, 0.2],
  offsetScale: 5,
  offsetBound: 0.012,
} satisfies FieldSettings;

/** A field's fixed layout and its state. A checkpoint is a copy of `parameters`. */
export interface SignedDistanceField {
  readonly box: Box;
  readonly template: DistanceFunction;
  readonly pyramid: SplinePyramid;
  /** [level][channel] step scales; channel 0 is the distance, 1 to 3 are the offsets. */
  readonly scales: readonly (readonly number[])[];
  readonly offsetBound: number;
  readonly parameters: Float32Array;
  /** Same length as `parameters`; backward passes add to it, the training loop clears it. */
  readonly gradient: Float32Array;
  /** The parameters collapsed onto the finest lattice, as of the latest `refreshField`. */
  coefficients: Float32Array;
}

/** Creates a field that equals its template everywhere. */
export function createSignedDistanceField(
  options: Partial<FieldOptions> & Pick<FieldOptions, 'box' | 'template'>,
): SignedDistanceField {
  const { box, template, coarsestSpacing, distanceScales, offsetScale, offsetBound } = {
    ...FIELD_DEFAULTS,
    ...options,
  };
  const pyramid = createSplinePyramid({
    box,
    coarsestSpacing,
    levelCount: distanceScales.length,
    channelCount: 4,
  });
  const scales = distanceScales.map((s) => [s, offsetScale * s, offsetScale * s, offsetScale * s]);
  const parameters = new Float32Array(pyramid.parameterCount);
  const gradient = new Float32Array(pyramid.parameterCount);
  const coefficients = collapsePyramid(pyramid, parameters, scales);
  return { box, template, pyramid, scales, offsetBound, parameters, gradient, coefficients };
}

/** Brings `coefficients` up to date after `parameters` changed; every evaluation reads them. */
export function refreshField(field: SignedDistanceField): void {
  field.coefficients = collapsePyramid(field.pyramid, field.parameters, field.scales);
}

/** Adds the pull-back of a gradient at `coefficients` to the field's gradient. */
export function refreshFieldBackward(field: SignedDistanceField, gradCoefficients: Float32Array): void {
  collapsePyramidBackward(field.pyramid, gradCoefficients, field.scales, field.gradient);
}
